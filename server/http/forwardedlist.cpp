#include "server/http/forwardedlist.h"

#include "server/http/token.h"
#include "server/tcp/trustedproxies.h"

#include <algorithm>

namespace dialogue {

namespace {

constexpr qsizetype MostPairs = 32; ///< Of one item; four have a meaning.

/** "_hidden": RFC 7239, section 6.3. */
bool isObfuscated(QByteArrayView text)
{
    return text.size() > 1 && text.startsWith('_') && std::all_of(text.begin(), text.end(), [](char c) {
               return isAlphanumeric(c) || c == '.' || c == '_' || c == '-';
           });
}

bool isNodePort(QByteArrayView text)
{
    return isObfuscated(text)
        || (!text.isEmpty() && text.size() <= 5
            && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

/** Takes a token, or a string in quotes, from the front of \a text. Outside of quotes an address may stand as
 * well, with brackets and a port: no other reading is possible, and proxies write it. */
std::optional<QByteArray> takeValue(QByteArrayView &text)
{
    QByteArray value;
    if (!text.startsWith('"')) {
        const auto *end = std::find_if_not(text.begin(), text.end(), [](char c) {
            return isTokenCharacter(c) || c == ':' || c == '[' || c == ']';
        });
        value = QByteArray(text.begin(), end - text.begin());
        text = text.sliced(value.size());
        return value.isEmpty() ? std::nullopt : std::optional(value);
    }
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text = text.sliced(i + 1);
            return value;
        }
        if (text[i] == '\\' && ++i == text.size())
            break;
        value.append(text[i]);
    }
    return std::nullopt; // It does not end.
}

} // namespace

std::optional<QByteArray> ForwardedList::takeLast()
{
    while (!m_text.isEmpty()) {
        bool quoted = false;
        qsizetype comma = m_text.size() - 1;
        for (; comma >= 0 && (quoted || m_text[comma] != ','); --comma) {
            if (m_text[comma] == '"' && (comma == 0 || m_text[comma - 1] != '\\'))
                quoted = !quoted;
        }
        const QByteArray item = m_text.sliced(comma + 1).trimmed();
        m_text.truncate(std::max<qsizetype>(comma, 0));
        if (!item.isEmpty())
            return item;
    }
    return std::nullopt;
}

ForwardedNode readForwardedNode(QByteArrayView text)
{
    constexpr ForwardedNode::Kind Hidden = ForwardedNode::Hidden;
    constexpr ForwardedNode::Kind Malformed = ForwardedNode::Malformed;
    if (text.isEmpty())
        return {Hidden};
    if (const auto address = strictAddress(text)) // IPv6 without brackets too, as in X-Forwarded-For.
        return {ForwardedNode::Address, *address};
    QByteArrayView name = text;
    const qsizetype bracket = text.startsWith('[') ? text.indexOf(']') : -1;
    const qsizetype colon = text.indexOf(':', std::max<qsizetype>(bracket, 0));
    if (colon >= 0) {
        if (!isNodePort(text.sliced(colon + 1)))
            return {Malformed};
        name = text.first(colon);
    }
    if (name.compare("unknown", Qt::CaseInsensitive) == 0 || isObfuscated(name))
        return {Hidden};
    const bool bracketed = name.startsWith('[') && name.endsWith(']');
    const QByteArrayView inner = bracketed ? name.sliced(1, name.size() - 2) : name;
    const auto address = strictAddress(inner);
    // Which kind of address it was written as tells its colons; "::ffff:10.0.0.1" is 10.0.0.1 by now.
    if (!address || bracketed != inner.contains(':'))
        return {Malformed};
    return {ForwardedNode::Address, *address};
}

std::optional<ForwardedElement> readForwardedElement(QByteArrayView text)
{
    ForwardedElement element;
    QList<QByteArray> seen;
    for (QByteArrayView rest = text; !rest.isEmpty();) {
        rest = rest.trimmed();
        if (rest.startsWith(';')) { // An empty pair is allowed.
            rest = rest.sliced(1);
            continue;
        }
        const auto *end = std::find_if_not(rest.begin(), rest.end(), isTokenCharacter);
        const QByteArray name = QByteArray(rest.begin(), end - rest.begin()).toLower();
        rest = rest.sliced(name.size());
        if (name.isEmpty() || !rest.startsWith('=') || seen.contains(name) || seen.size() == MostPairs)
            return std::nullopt;
        seen.append(name);
        rest = rest.sliced(1);
        const std::optional<QByteArray> value = takeValue(rest);
        rest = rest.trimmed();
        if (!value || !(rest.isEmpty() || rest.startsWith(';')))
            return std::nullopt;
        if (name == "for")
            element.forNode = *value;
        else if (name == "proto")
            element.protocol = *value;
        else if (name == "host")
            element.host = *value;
    }
    return element;
}

} // namespace dialogue
