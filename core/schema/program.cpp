#include "core/schema/program.h"

#include "core/json/parsed.h"
#include "core/json/writer.h"
#include "core/schema/compile/tree.h"

#include <algorithm>

namespace dialogue::schema {

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
    const std::size_t number = m_texts.add(name);
    if (number == members.size())
        members.emplace_back(name);
    return number;
}

} // namespace dialogue::schema
