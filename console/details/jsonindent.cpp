#include "console/details/jsonindent.h"

#include "core/json/cursor.h"

#include <algorithm>

namespace dialogue::console {

namespace {

constexpr int IndentWidth = 2;
/** Deeper inside one another it is not indented further: n brackets would take n * n blanks. */
constexpr int DeepestIndent = 64;

void appendLine(QByteArray &out, int depth)
{
    out += '\n';
    out.append(std::min(depth, DeepestIndent) * IndentWidth, ' ');
}

} // namespace

QByteArray indentedJson(QByteArrayView json)
{
    const QByteArrayView text = json.trimmed();
    if (!json::check(text, json::MaxWrappedDepth, json::Cursor::Numbers::OfAnySize))
        return json.toByteArray();
    QByteArray out;
    out.reserve(text.size() * 2);
    int depth = 0;
    bool isInString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isInString) {
            out += c;
            if (c == '\\')
                out += text[++i];
            isInString = c != '"';
        } else if (json::isBlank(c)) {
            continue;
        } else if (c == '{' || c == '[') {
            out += c;
            qsizetype next = i + 1;
            while (json::isBlank(text[next]))
                ++next;
            if (text[next] == '}' || text[next] == ']') {
                out += text[next];
                i = next;
            } else {
                appendLine(out, ++depth);
            }
        } else if (c == '}' || c == ']') {
            appendLine(out, --depth);
            out += c;
        } else if (c == ',') {
            out += c;
            appendLine(out, depth);
        } else {
            out += c;
            if (c == ':')
                out += ' ';
            isInString = c == '"';
        }
    }
    return out;
}

} // namespace dialogue::console
