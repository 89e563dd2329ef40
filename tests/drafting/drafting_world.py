"""Invented exports of twenty rows under the exact headers of platforms that no rule pack knows."""

from __future__ import annotations

import csv
import datetime as dt
import io

import xlsxwriter

START = dt.datetime(2026, 9, 1, 8, 0)
ROWS = 20
PERSON = "Ines Example"
EMAIL = "ines{}@example.com"


def at(number, hours=0):
    return START + dt.timedelta(days=number, hours=hours, minutes=number)


def iso(number, hours=0):
    return f"{at(number, hours):%Y-%m-%d %H:%M:%S}"


SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)
AMAZON = (
    "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,"
    "order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,"
    "shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,"
    "ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,is-business-order,purchase-order-number,"
    "price-designation"
)
UNSHIPPED = (
    "order-id,order-item-id,purchase-date,payments-date,reporting-date,promise-date,days-past-promise,buyer-email,"
    "buyer-name,buyer-phone-number,sku,product-name,quantity-purchased,quantity-shipped,quantity-to-ship,"
    "ship-service-level,recipient-name,ship-address-1,ship-address-2,ship-address-3,ship-city,ship-state,"
    "ship-postal-code,ship-country"
)
AMAZON_IN = (
    "index,Order ID,Date,Status,Fulfilment,Sales Channel,ship-service-level,Style,SKU,Category,Size,ASIN,"
    "Courier Status,Qty,currency,Amount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,B2B,"
    "fulfilled-by"
)
EBAY = (
    "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Address 1,"
    "Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Buyer Tax Identifier Name,"
    "Buyer Tax Identifier Value,Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,"
    "Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,"
    "Quantity,Sold For,Shipping And Handling,Item Location,Item Zip Code,Item Country,"
    "eBay Collect And Remit Tax Rate,eBay Collect And Remit Tax Type,eBay Reference Name,eBay Reference Value,"
    "Tax Status,Seller Collected Tax,eBay Collected Tax,Electronic Waste Recycling Fee,Mattress Recycling Fee,"
    "Battery Recycling Fee,White Goods Disposal Tax,Tire Recycling Fee,Additional Fee,eBay Collected Charges,"
    "Total Price,eBay Collected Tax and Fees Included in Total,Payment Method,Commitment Date,Sale Date,Paid On Date,"
    "Ship By Date,Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date,Feedback Left,"
    "Feedback Received,My Item Note,PayPal Transaction ID,Shipping Service,Tracking Number,Transaction ID,"
    "Variation Details"
)
SHOPEE_ID = (
    "No. Pesanan,Status Pesanan,Alasan Pembatalan,Status Pembatalan/ Pengembalian,No. Resi,Opsi Pengiriman,"
    "Antar ke counter/ pick-up,Pesanan Harus Dikirimkan Sebelum (Menghindari keterlambatan),Waktu Pengiriman Diatur,"
    "Waktu Pesanan Dibuat,Waktu Pembayaran Dilakukan,Tipe Pesanan,Metode Pembayaran,SKU Induk,Nama Produk,"
    "Nomor Referensi SKU,Nama Variasi,Harga Awal,Harga Setelah Diskon,Jumlah,Returned quantity,Subtotal Pesanan,"
    "Total Diskon,Diskon Dari Penjual,Diskon Dari Shopee,Berat Produk,Jumlah Produk di Pesan,Total Berat,"
    "Voucher Ditanggung Penjual,Cashback Koin,Voucher Ditanggung Shopee,Paket Diskon,"
    "Paket Diskon (Diskon dari Shopee),Paket Diskon (Diskon dari Penjual),Potongan Koin Shopee,Diskon Kartu Kredit,"
    "Ongkos Kirim Dibayar oleh Pembeli,Estimasi Potongan Biaya Pengiriman,Ongkos Kirim Pengembalian Barang,"
    "Total Pembayaran,Perkiraan Ongkos Kirim,Catatan dari Pembeli,Catatan,Username (Pembeli),Nama Penerima,"
    "No. Telepon,Alamat Pengiriman,Kota/Kabupaten,Provinsi,Waktu Pesanan Selesai"
)
SHOPEE_EN = (
    "Order ID,Order Status,Cancel reason,Return / Refund Status,Tracking Number*,Shipping Option,Shipment Method,"
    "Estimated Ship Out Date,Ship Time,Order Creation Date,Order Paid Time,Parent SKU Reference No.,Product Name,"
    "SKU Reference No.,Variation Name,Original Price,Deal Price,Quantity,Returned quantity,Product Subtotal"
)
SHOPEE_TW = (
    "訂單編號,訂單狀態,不成立原因,退貨 / 退款狀態,買家帳號,訂單成立日期,商品總價,買家支付運費,蝦皮補助運費,退貨運費,"
    "買家總支付金額,主商品貨號,商品選項貨號,數量,退貨數量"
)
TIKTOK = (
    "Order ID,Order Status,Order Substatus,Cancelation/Return Type,Normal or Pre-order,SKU ID,Seller SKU,Product Name,"
    "Variation,Quantity,Sku Quantity of return,SKU Unit Original Price,SKU Subtotal Before Discount,"
    "SKU Platform Discount,SKU Seller Discount,SKU Subtotal After Discount,Shipping Fee After Discount,"
    "Original Shipping Fee,Shipping Fee Seller Discount,Shipping Fee Platform Discount,Distance Shipping Fee,"
    "Distance Fee,Order Refund Amount,Payment platform discount,Buyer Service Fee,Handling Fee,Shipping Insurance,"
    "Item Insurance,Order Amount,Created Time,Paid Time,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Cancel By,"
    "Cancel Reason,Fulfillment Type,Warehouse Name,Tracking ID,Delivery Option,Shipping Provider Name,Buyer Message,"
    "Buyer Username,Recipient,Phone #,Zipcode,Country,Province,Regency and City,Districts,Villages,Detail Address,"
    "Additional address information,Payment Method,Weight(kg),Product Category,Package ID,Purchase Channel,"
    "Seller Note,Checked Status,Checked Marked by,Tokopedia Invoice Number"
)
LAZADA = (
    "orderItemId,orderType,Guarantee,deliveryType,lazadaId,sellerSku,lazadaSku,wareHouse,createTime,updateTime,rtsSla,"
    "ttsSla,orderNumber,invoiceRequired,invoiceNumber,deliveredDate,customerName,customerEmail,payMethod,paidPrice,"
    "unitPrice,sellerDiscountTotal,shippingFee,walletCredit,itemName,variation,cdShippingProvider,shippingProvider,"
    "shipmentTypeName,shippingProviderType,cdTrackingCode,trackingCode,trackingUrl,shippingProviderFM,trackingCodeFM,"
    "trackingUrlFM,promisedShippingTime,premium,status,buyerFailedDeliveryReturnInitiator,buyerFailedDeliveryReason,"
    "buyerFailedDeliveryDetail,buyerFailedDeliveryUserName,bundleId,semiManaged,flexibleDeliveryTime,bundleDiscount,"
    "refundAmount,sellerNote"
)
WOOCOMMERCE = (
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),"
    "Address 1&2 (Billing),City (Billing),State Code (Billing),Postcode (Billing),Country Code (Billing),"
    "Email (Billing),Phone (Billing),First Name (Shipping),Last Name (Shipping),Address 1&2 (Shipping),"
    "City (Shipping),State Code (Shipping),Postcode (Shipping),Country Code (Shipping),Item #,SKU,Name,"
    "Product Variation,Quantity,Quantity (- Refund),Item Cost,Order Line (w/o tax),Order Line Tax,Order Line Total,"
    "Order Line Total Refunded,Order Line Total (- Refund),Image URL,Coupon Code,Discount Amount,Discount Amount Tax,"
    "Payment Method Title,Coupons Used,Cart Discount Amount,Order Subtotal Amount,Order Tax Amount,"
    "Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,Total items,Total products"
)
WOOCOMMERCE_SCRIPT = (
    "Order ID,Date Created,Date Paid,Status,Customer ID,Name,Email,Product ID,Product Name,Category,Total Amount,"
    "Total Discount,Payment Method,Payment Method Title"
)
WAYFAIR = (
    "Warehouse Name,Store Name,PO Number,PO Date,Must Ship By,Backorder Date,Order Status,Item Number,Item Name,"
    "Quantity,Wholesale Price,Ship Method,Carrier Name,Shipping Account Number,Ship To Name,Ship To Address,"
    "PO Date & Time,Registered Timestamp,Backorder Reason,Tracking Number,Ready for Pickup Date,SKU,"
    "Destination Country,B2BOrder,Composite Wood Product,Sales Channel"
)


def shopify():
    """Orders of two rows: the second carries the line only."""
    for n in range(ROWS // 2):
        shared = {"Name": f"#{1400 + n}", "Email": EMAIL.format(n), "Created at": f"{iso(n)} -0500"}
        line = {"Lineitem quantity": "1", "Lineitem price": "10.00", "Vendor": "Example"}
        yield shared | line | {
            "Financial Status": "paid", "Paid at": f"{iso(n, 1)} -0500", "Fulfillment Status": "fulfilled",
            "Fulfilled at": f"{iso(n, 30)} -0500", "Currency": "USD", "Subtotal": "20.00", "Total": f"{24 + n}.50",
            "Lineitem name": "Cup", "Lineitem sku": f"CUP-{n}", "Billing Name": PERSON, "Shipping Name": PERSON,
            "Shipping Street": "1 Example Street", "Shipping Province": "NY", "Notes": "please,\nring twice",
            "Shipping Phone": "'+10000000000", "Id": str(5000000000000 + n),
        }  # fmt: skip
        yield shared | line | {"Lineitem name": "Plate", "Lineitem sku": f"PLATE-{n}"}


def amazon():
    states = ["Shipped", "Pending", "Cancelled", "Unshipped"]
    for n in range(ROWS):
        yield {
            "amazon-order-id": f"113-{1000000 + n}-{2000000 + n}", "purchase-date": f"{at(n):%Y-%m-%dT%H:%M:%S}+00:00",
            "last-updated-date": f"{at(n, 9):%Y-%m-%dT%H:%M:%S}+00:00", "order-status": states[n % 4],
            "fulfillment-channel": "Merchant", "sales-channel": "Amazon.com", "product-name": "Cup", "sku": f"CUP-{n}",
            "asin": f"B0EXAMPL{n:02d}", "item-status": states[n % 4], "quantity": "1", "currency": "USD",
            "item-price": f"{10 + n}.00", "item-tax": "0.80", "ship-city": "EXAMPLE", "ship-state": "NY",
            "ship-postal-code": "00000", "ship-country": "US", "is-business-order": "false",
        }  # fmt: skip


def unshipped():
    for n in range(ROWS):
        yield {
            "order-id": f"113-{1000000 + n}-{2000000 + n}", "order-item-id": f"{30000000000 + n}",
            "purchase-date": f"{at(n):%Y-%m-%dT%H:%M:%S}+00:00", "payments-date": f"{at(n, 1):%Y-%m-%dT%H:%M:%S}+00:00",
            "reporting-date": f"{at(n, 2):%Y-%m-%dT%H:%M:%S}+00:00",
            "promise-date": f"{at(n, 48):%Y-%m-%dT%H:%M:%S}+00:00", "days-past-promise": str(n - 10),
            "buyer-email": EMAIL.format(n), "buyer-name": PERSON, "buyer-phone-number": "0000000000",
            "sku": f"CUP-{n}", "product-name": "Cup", "quantity-purchased": "2", "quantity-shipped": "0",
            "quantity-to-ship": "2", "recipient-name": PERSON, "ship-address-1": "1 Example Street",
            "ship-city": "EXAMPLE", "ship-state": "NY", "ship-postal-code": "00000", "ship-country": "US",
        }  # fmt: skip


def amazon_in():
    states = ["Shipped", "Cancelled", "Shipped - Delivered to Buyer", "Shipped - Returned to Seller"]
    for n in range(ROWS):
        yield {
            "index": str(n), "Order ID": f"405-{1000000 + n}-{2000000 + n}", "Date": f"{at(n):%m-%d-%y}",
            "Status": states[n % 4], "Fulfilment": "Merchant", "Sales Channel": "Amazon.in", "Style": "CUP",
            "SKU": f"CUP-{n}", "Category": "Kitchen", "ASIN": f"B0EXAMPL{n:02d}", "Courier Status": "Shipped",
            "Qty": "1", "currency": "INR", "Amount": f"{400 + n}.00", "ship-city": "EXAMPLE", "ship-state": "GOA",
            "ship-postal-code": "000000", "ship-country": "IN", "B2B": "FALSE",
        }  # fmt: skip


def ebay():
    for n in range(ROWS):
        day = f"{at(n):%b-%d-%y}"
        yield {
            "Sales Record Number": str(100 + n), "Order Number": f"27-{10000 + n}-{20000 + n}",
            "Buyer Username": f"example_{n}", "Buyer Name": PERSON, "Buyer Email": EMAIL.format(n),
            "Ship To State": "NY", "Item Number": str(110000000000 + n), "Item Title": "Cup",
            "Custom Label": f"CUP-{n}", "Quantity": "1", "Sold For": "$25.00", "Tax Status": "Taxable",
            "Total Price": f"${27 + n}.00", "Payment Method": "Card", "Sale Date": day, "Paid On Date": day,
            "Ship By Date": f"{at(n + 2):%b-%d-%y}", "Maximum Estimated Delivery Date": f"{at(n + 8):%b-%d-%y}",
            "Shipped On Date": f"{at(n + 1):%b-%d-%y}" if n else "--", "Shipping Service": "Ground",
            "Tracking Number": str(9400000000 + n), "Transaction ID": str(1500000000000 + n),
        }  # fmt: skip


def shopee_id():
    states = ["Selesai", "Batal", "Perlu Dikirim", "Sedang Dikirim"]
    for n in range(ROWS):
        yield {
            "No. Pesanan": f"2609{n:02d}EXAMPLE", "Status Pesanan": states[n % 4], "No. Resi": f"SPXID{n:09d}",
            "Opsi Pengiriman": "Reguler", "Antar ke counter/ pick-up": "Pick-up",
            "Pesanan Harus Dikirimkan Sebelum (Menghindari keterlambatan)": f"{at(n, 48):%Y-%m-%d %H:%M}",
            "Waktu Pengiriman Diatur": f"{at(n, 20):%Y-%m-%d %H:%M}",
            "Waktu Pesanan Dibuat": f"{at(n):%Y-%m-%d %H:%M}",
            "Waktu Pembayaran Dilakukan": f"{at(n, 1):%Y-%m-%d %H:%M}",
            "Nama Produk": "Cangkir", "Nomor Referensi SKU": f"CUP-{n}", "Jumlah": "1", "Returned quantity": "0",
            "Subtotal Pesanan": "100000", "Total Pembayaran": f"{110000 + n}", "Username (Pembeli)": f"example{n}",
            "Nama Penerima": PERSON, "No. Telepon": "620000000000", "Alamat Pengiriman": "Jalan Contoh 1",
            "Provinsi": "JAWA BARAT", "Waktu Pesanan Selesai": f"{at(n, 120):%Y-%m-%d %H:%M}",
        }  # fmt: skip


def shopee_en():
    states = ["Completed", "Cancelled", "To ship", "Shipping"]
    for n in range(ROWS):
        yield {
            "Order ID": f"2609{n:02d}EXAMPLE", "Order Status": states[n % 4], "Tracking Number*": f"SPX{n:09d}",
            "Shipping Option": "Standard", "Estimated Ship Out Date": f"{at(n, 48):%Y-%m-%d %H:%M}",
            "Ship Time": f"{at(n, 20):%Y-%m-%d %H:%M}", "Order Creation Date": f"{at(n):%Y-%m-%d %H:%M}",
            "Order Paid Time": f"{at(n, 1):%Y-%m-%d %H:%M}", "Product Name": "Cup", "SKU Reference No.": f"CUP-{n}",
            "Original Price": "12.00", "Deal Price": "11.00", "Quantity": "1", "Product Subtotal": f"{11 + n}.00",
        }  # fmt: skip


def shopee_tw():
    states = ["已完成", "不成立", "待出貨", "運送中"]
    for n in range(ROWS):
        yield {
            "訂單編號": f"2609{n:02d}EXAMPLE", "訂單狀態": states[n % 4], "買家帳號": f"example{n}",
            "訂單成立日期": f"{at(n):%Y-%m-%d %H:%M}", "商品總價": "100", "買家支付運費": "60", "蝦皮補助運費": "0",
            "買家總支付金額": f"{160 + n}", "主商品貨號": "CUP", "商品選項貨號": f"CUP-{n}", "數量": "1",
        }  # fmt: skip


def tiktok():
    states = ["Completed", "Canceled", "To ship", "Shipped"]
    yield {
        "Order ID": "Platform unique order ID.", "Order Status": "The status of the order.",
        "Created Time": "The time when the order was created.", "Quantity": "SKU sold quantity in the order.",
    }  # fmt: skip
    for n in range(ROWS):
        yield {
            "Order ID": f"57600000000000{n:04d}", "Order Status": states[n % 4], "Order Substatus": states[n % 4],
            "Normal or Pre-order": "Pre-order" if n % 5 == 0 else "Normal", "SKU ID": f"172900000000{n:04d}",
            "Seller SKU": f"CUP-{n}", "Product Name": "Cup", "Quantity": "1", "Order Refund Amount": "0",
            "Order Amount": f"{50000 + n}", "Created Time": iso(n), "Paid Time": iso(n, 1), "RTS Time": iso(n, 10),
            "Shipped Time": iso(n, 20), "Delivered Time": iso(n, 70), "Cancel By": "User" if n % 4 == 1 else "",
            "Warehouse Name": "Main", "Tracking ID": f"JX{n:010d}", "Delivery Option": "Standard",
            "Shipping Provider Name": "Example Express", "Buyer Message": "ring twice", "Buyer Username": f"example{n}",
            "Recipient": PERSON, "Phone #": "(+62)000*****00", "Province": "JAWA BARAT", "Detail Address": "Jalan 1",
        }  # fmt: skip


def lazada():
    states = ["delivered", "canceled", "ready_to_ship", "shipped"]
    for n in range(ROWS):
        yield {
            "orderItemId": str(80000000000 + n), "orderType": "Normal", "lazadaId": "1", "sellerSku": f"CUP-{n}",
            "lazadaSku": f"1_ID-{n}", "wareHouse": "dropshipping", "createTime": f"{at(n):%d %b %Y %H:%M}",
            "updateTime": f"{at(n, 3):%d %b %Y %H:%M}", "rtsSla": f"{at(n, 40):%d %b %Y %H:%M}",
            "ttsSla": f"{at(n, 44):%d %b %Y %H:%M}", "orderNumber": str(70000000000 + n),
            "deliveredDate": f"{at(n, 90):%d %b %Y %H:%M}" if n % 4 == 0 else "", "customerName": PERSON,
            "customerEmail": EMAIL.format(n), "paidPrice": f"{90000 + n}.00", "unitPrice": "95000.00",
            "itemName": "Cup", "cdShippingProvider": "Example Express", "shippingProvider": "Example Express",
            "trackingCode": f"LZ{n:09d}", "promisedShippingTime": f"{at(n, 48):%d %b %Y %H:%M}",
            "status": states[n % 4], "refundAmount": "0",
        }  # fmt: skip


def woocommerce():
    states = ["Completed", "Processing", "Refunded", "Cancelled"]
    for n in range(ROWS):
        yield {
            "Order Number": str(4000 + n // 2), "Order Status": states[n // 2 % 4], "Order Date": iso(n // 2),
            "Customer Note": "ring twice", "First Name (Billing)": "Ines", "Last Name (Billing)": "Example",
            "Email (Billing)": EMAIL.format(n // 2), "Phone (Billing)": "000000", "State Code (Shipping)": "NY",
            "Item #": str(n % 2 + 1), "SKU": f"CUP-{n}", "Name": "Cup", "Quantity": "1", "Item Cost": "9.50",
            "Order Line Total": "9.50", "Payment Method Title": "Card", "Order Subtotal Amount": "19.00",
            "Order Total Amount": f"{25 + n // 2}.00", "Order Shipping Amount": "5.00", "Total items": "2",
            "Total products": "2",
        }  # fmt: skip


def woocommerce_script():
    states = ["completed", "processing", "cancelled", "on-hold"]
    for n in range(ROWS):
        yield {
            "Order ID": str(4000 + n), "Date Created": iso(n), "Date Paid": f"{at(n, 1):%Y-%m-%dT%H:%M:%S}",
            "Status": states[n % 4], "Customer ID": str(17 + n % 3), "Name": PERSON, "Email": EMAIL.format(n),
            "Product ID": str(300 + n), "Product Name": "Cup", "Category": "Kitchen", "Total Amount": f"{25 + n}.00",
            "Total Discount": "0", "Payment Method": "card", "Payment Method Title": "Card",
        }  # fmt: skip


def wayfair():
    states = ["Open", "Shipped", "Cancelled"]
    for n in range(ROWS):
        day = f"{at(n):%m/%d/%Y}"
        yield {
            "Warehouse Name": "Example", "Store Name": "Example Store", "PO Number": f"CS{100000000 + n}",
            "PO Date": day, "Must Ship By": f"{at(n + 3):%m/%d/%Y}", "Order Status": states[n % 3],
            "Item Number": f"W{n:05d}", "Item Name": "Cup", "Quantity": "1", "Wholesale Price": "12.00",
            "Ship Method": "Ground", "Carrier Name": "Example Express", "Ship To Name": PERSON,
            "PO Date & Time": f"{at(n):%m/%d/%Y %H:%M:%S}", "Tracking Number": f"1Z{n:016d}", "SKU": f"CUP-{n}",
            "Destination Country": "US", "B2BOrder": "No", "Sales Channel": "Example",
        }  # fmt: skip


def text(header, rows, delimiter=",", encoding="utf-8", end="\n"):
    """Rows under a header as a delimited text."""
    names = header.split(",")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in _checked(rows, names))
    return out.getvalue().encode(encoding)


def _checked(rows, names):
    for row in rows:
        assert row.keys() <= set(names), row.keys() - set(names)
        yield row


def ebay_file():
    """Commas above the header, blank rows around the data, two rows of notes at the end, a mark at the start."""
    header, _, rows = text(EBAY, ebay(), end="\r\n").decode().partition("\r\n")
    commas = "," * EBAY.count(",")
    notes = f"{ROWS},record(s) downloaded,\r\nSeller ID : example_seller\r\n"
    return f"{commas}\r\n{header}\r\n\r\n{rows}\r\n{notes}".encode("utf-8-sig")


def workbook(header, rows, sheet):
    """Rows under a header as a workbook of texts."""
    names = header.split(",")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    page = book.add_worksheet(sheet)
    for at_row, row in enumerate([dict(zip(names, names, strict=True)), *_checked(rows, names)]):
        for column, name in enumerate(names):
            if row.get(name):
                page.write_string(at_row, column, row[name])
    book.close()
    return out.getvalue()


FILES = {
    "shopify": ("orders_export_1.csv", lambda: text(SHOPIFY, shopify())),
    "amazon": ("12345.txt", lambda: text(AMAZON, amazon(), "\t", end="\r\n")),
    "amazon_unshipped": ("67890.txt", lambda: text(UNSHIPPED, unshipped(), "\t", end="\r\n")),
    "amazon_in": ("Sale Report.csv", lambda: text(AMAZON_IN, amazon_in(), end="\r\n")),
    "ebay": ("eBay-OrdersReport-Sep-27-2026.csv", ebay_file),
    "shopee_id": ("Order.all.20260901_20260930.xlsx", lambda: workbook(SHOPEE_ID, shopee_id(), "orders")),
    "shopee_en": ("Order.all.20260901_20260930.xlsx", lambda: workbook(SHOPEE_EN, shopee_en(), "orders")),
    "shopee_tw": ("Order.all.20260901.csv", lambda: text(SHOPEE_TW, shopee_tw(), encoding="big5hkscs", end="\r\n")),
    "tiktok": ("All order-2026-09-30.xlsx", lambda: workbook(TIKTOK, tiktok(), "OrderSKUList")),
    "lazada": ("lazada.xlsx", lambda: workbook(LAZADA, lazada(), "sheet1")),
    "woocommerce": ("orders-2026-09-30.csv", lambda: text(WOOCOMMERCE, woocommerce())),
    "woocommerce_script": ("orders.export.csv", lambda: text(WOOCOMMERCE_SCRIPT, woocommerce_script())),
    "wayfair": ("Orders_09302026.csv", lambda: text(WAYFAIR, wayfair())),
}
"""Platform → the name a file has there, and its bytes."""
