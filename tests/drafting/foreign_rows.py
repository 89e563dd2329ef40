"""Twenty invented rows of each export of a platform that no rule pack knows."""

from __future__ import annotations

import datetime as dt

START = dt.datetime(2026, 9, 1, 8, 0)
ROWS = 20
PERSON = "Ines Example"
EMAIL = "ines{}@example.com"


def at(number, hours=0):
    return START + dt.timedelta(days=number, hours=hours, minutes=number)


def iso(number, hours=0):
    return f"{at(number, hours):%Y-%m-%d %H:%M:%S}"


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
