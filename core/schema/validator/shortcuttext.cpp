#include "core/schema/validator/shortcut_p.h"

#include <algorithm>
#include <bit>

namespace dialogue::schema {

bool Shortcut::acceptsText(QByteArrayView json) const
{
    json::Cursor cursor(json);
    return accepts(m_root, cursor) && cursor.atEnd();
}

bool Shortcut::accepts(const Node &node, json::Cursor &cursor)
{
    const QJsonValue::Type type = cursor.type();
    if (!allows(node, type))
        return false;
    switch (type) {
    case QJsonValue::Double: {
        const std::optional<double> number = cursor.number();
        return number && acceptsNumber(node, *number);
    }
    case QJsonValue::String:
        return acceptsString(node, cursor);
    case QJsonValue::Array:
        return acceptsArray(node, cursor);
    case QJsonValue::Object:
        return acceptsObject(node, cursor);
    default:
        cursor.skip();
        return true;
    }
}

bool Shortcut::acceptsString(const Node &node, json::Cursor &cursor)
{
    const std::optional<json::StringToken> token = cursor.string();
    if (!token)
        return false;
    if (node.minLength > 0 || node.maxLength < Count::max()) {
        const qsizetype length = token->length();
        if (length < node.minLength || length > node.maxLength)
            return false;
    }
    return node.utf8Strings.isEmpty()
        || std::ranges::any_of(node.utf8Strings,
                               [&token](const QByteArray &allowed) { return token->is(allowed); });
}

bool Shortcut::acceptsObject(const Node &node, json::Cursor &cursor)
{
    constexpr std::size_t MostMembers = 64; // Bits to remember them by.
    if (node.members.size() > MostMembers)
        return false;
    quint64 seen = 0;
    qsizetype count = 0;
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        ++count;
        const json::StringToken &key = cursor.key();
        const auto member = std::ranges::find_if(
            node.members, [&key](const Member &each) { return key.is(each.utf8Name); });
        if (member == node.members.end()) {
            if (node.closed || (key.escaped && !node.members.empty()))
                return false;
            cursor.skip();
            continue;
        }
        const quint64 bit = quint64(1) << (member - node.members.begin());
        if ((seen & bit) || (node.closed && !member->declared) || !accepts(member->node, cursor))
            return false;
        seen |= bit;
    }
    // Others may have come twice.
    if (std::popcount(seen) < node.minMembers || count > node.maxMembers)
        return false;
    quint64 bit = 1;
    return std::ranges::all_of(node.members, [&](const Member &member) {
        const bool here = seen & bit;
        bit <<= 1U;
        return here || !member.required;
    });
}

bool Shortcut::acceptsArray(const Node &node, json::Cursor &cursor)
{
    qsizetype count = 0;
    for (bool more = cursor.enterArray(); more; more = cursor.nextItem()) {
        ++count;
        if (!node.items)
            cursor.skip();
        else if (!accepts(*node.items, cursor))
            return false;
    }
    return count >= node.minItems && count <= node.maxItems;
}

} // namespace dialogue::schema
