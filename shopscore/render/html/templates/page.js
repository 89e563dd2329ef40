"use strict";
// Tables can be sorted by any column and filtered by a word; without this script they are as readable, in their order.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => {
        const cell = row.cells[column];
        return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
      };
      const order = (a, b) => {
        const [one, two] = [key(a), key(b)];
        return typeof one === "number" && typeof two === "number" ? one - two : String(one).localeCompare(String(two));
      };
      const rows = [...body.rows].sort(order);
      body.append(...(down ? rows.reverse() : rows));
    });
  });
  const filter = document.createElement("input");
  filter.type = "search";
  filter.className = "filter";
  filter.placeholder = table.dataset.filter;
  filter.setAttribute("aria-label", `${table.dataset.filter}: ${table.caption.textContent.trim()}`);
  filter.addEventListener("input", () => {
    const wanted = filter.value.toLocaleLowerCase();
    for (const row of body.rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  });
  if (body.rows.length > 5) table.parentElement.before(filter);
}
