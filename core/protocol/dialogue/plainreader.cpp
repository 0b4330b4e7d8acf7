#include "core/base/foreigntext.h"
#include "core/protocol/dialogue/plainreader_p.h"

namespace dialogue::protocol {

PlainReader::PlainReader(json::Cursor &object)
{
    for (bool more = object.enterObject(); more && m_isPlain; more = object.nextMember()) {
        const json::StringToken key = object.key();
        // An escaped key may be any; and of several of one name the last counts.
        if (key.escaped || m_count == MostMembers || find(QLatin1String(key.text.data(), key.text.size()))) {
            leaveToReader();
            return;
        }
        Member &member = m_members[m_count++];
        member.key = key.text;
        member.type = object.type();
        if (member.type != json::Cursor::Type::String)
            member.text = object.skip();
        else if (const auto string = object.string())
            member.string = *string;
    }
    m_isPlain = m_isPlain && !object.failed();
}

const PlainReader::Member *PlainReader::find(QLatin1String key) const
{
    for (std::size_t i = 0; i < m_count; ++i) {
        if (m_members[i].key == QByteArrayView(key.data(), key.size()))
            return &m_members[i];
    }
    return nullptr;
}

QString PlainReader::id(QLatin1String key, Length length)
{
    const Member *const member = find(key);
    if (!member || member->type != json::Cursor::Type::String) {
        leaveToReader();
        return {};
    }
    QString text = member->string.decoded();
    if (text.size() < length.least || text.size() > length.most || !faultOfId(text).isEmpty())
        leaveToReader();
    return text;
}

QString PlainReader::optionalId(QLatin1String key, Length length)
{
    return has(key) ? id(key, length) : QString();
}

std::optional<bool> PlainReader::optionalBool(QLatin1String key)
{
    const Member *const member = find(key);
    if (!member)
        return std::nullopt;
    if (member->type != json::Cursor::Type::Bool)
        leaveToReader();
    return member->text == "true";
}

JsonData PlainReader::any(QLatin1String key)
{
    const Member *const member = find(key);
    if (!member || member->type == json::Cursor::Type::Null)
        return {};
    if (member->type != json::Cursor::Type::String)
        return JsonData::fromText(member->text.toByteArray());
    // With the quotes around it.
    const QByteArrayView string = member->string.text;
    return JsonData::fromText(QByteArrayView(string.data() - 1, string.size() + 2).toByteArray());
}

JsonData PlainReader::anyObject(QLatin1String key)
{
    const Member *const member = find(key);
    if (member && member->type != json::Cursor::Type::Object)
        leaveToReader();
    return member && m_isPlain ? JsonData::fromText(member->text.toByteArray()) : JsonData();
}

} // namespace dialogue::protocol
