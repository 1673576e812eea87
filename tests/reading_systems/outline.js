// The contents of an e-book as MuPDF sees them, as JSON: mutool run outline.js BOOK.epub
// MuPDF runs scripts of ECMAScript 5.
function flat(items, lines) {
    for (var i = 0; items && i < items.length; ++i) {
        lines.push({ title: items[i].title, href: items[i].uri })
        flat(items[i].down, lines)
    }
    return lines
}
var book = new Document(scriptArgs[0])
print(JSON.stringify({ pages: book.countPages(), contents: flat(book.loadOutline(), []) }))
