#include "core/schema/program.h"

#include "core/json/parsed.h"
#include "core/json/writer.h"
#include "core/schema/compile/tree.h"

#include <algorithm>

namespace dialogue::schema {

namespace {

constexpr std::size_t Few = 8; // names; of these to compare each is quicker than to hash

} // namespace

bool Bound::allows(const Decimal &number) const
{
    switch (kind) {
    case Minimum:
        return number >= limit;
    case Maximum:
        return number <= limit;
    case ExclusiveMinimum:
        return number > limit;
    case ExclusiveMaximum:
        return number < limit;
    case MultipleOf:
        break;
    }
    return number.isMultipleOf(limit);
}

Member::Member(const QByteArray &utf8)
    : name(utf8)
{
    json::appendString(quoted, json::fromUtf8(name));
    const auto known = std::min(std::size_t(quoted.size()), sizeof head);
    std::memcpy(&head, quoted.constData(), known);
    std::memset(&headMask, 0xff, known);
}

std::size_t Names::add(const QByteArray &name)
{
    if (const std::size_t known = search(name); known != Npos)
        return known;
    members.emplace_back(name);
    if (members.size() > Few) {
        for (std::size_t i = std::size_t(m_index.size()); i < members.size(); ++i)
            m_index.insert(members[i].name, i);
    }
    return members.size() - 1;
}

std::size_t Names::search(QByteArrayView name) const
{
    if (members.size() > Few) {
        const auto found = m_index.constFind(QByteArray::fromRawData(name.data(), name.size()));
        return found == m_index.cend() ? Npos : *found;
    }
    const auto found
        = std::ranges::find_if(members, [name](const Member &each) { return each.name == name; });
    return found == members.end() ? Npos : std::size_t(found - members.begin());
}

} // namespace dialogue::schema
