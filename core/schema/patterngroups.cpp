#include "core/schema/patterngroups_p.h"

using namespace Qt::StringLiterals;

namespace dialogue::schema {

void PatternGroups::open(Kind kind, const QString &name)
{
    Group group;
    group.kind = kind;
    group.parent = m_open;
    group.alternative = m_groups[m_open].alternatives;
    m_open = m_groups.size();
    m_groups.push_back(group);
    if (kind == Kind::Capturing)
        m_captures.push_back(m_open);
    if (!name.isEmpty())
        m_names.insert(name, static_cast<int>(m_captures.size()));
}

std::size_t PatternGroups::close()
{
    const std::size_t closed = m_open;
    m_open = m_groups[closed].parent;
    return closed;
}

void PatternGroups::repeat(std::size_t group, bool mayBeLeftOut, bool mayComeAgain)
{
    m_groups[group].mayBeLeftOut = mayBeLeftOut;
    m_groups[group].mayComeAgain = mayComeAgain;
}

void PatternGroups::refer(int capture, const QString &name, qsizetype offset)
{
    m_references.push_back({capture, name, offset, m_open, m_groups[m_open].alternatives, m_groups.size()});
}

std::optional<std::vector<int>> PatternGroups::resolve(PatternReader &in) const
{
    std::vector<int> captures;
    for (const Reference &reference : m_references) {
        const int capture = reference.name.isEmpty() ? reference.capture : m_names.value(reference.name);
        if (capture < 1 || static_cast<std::size_t>(capture) > m_captures.size())
            return in.fail(u"refers back to a group that is not there"_s, reference.offset);
        const std::size_t group = m_captures[static_cast<std::size_t>(capture) - 1];
        if (isInLookbehind(group) || isInLookbehind(reference.group))
            return in.fail(u"a reference back and a look behind do not go together here"_s, reference.offset);
        if (seesForgotten(group, reference)) {
            return in.fail(u"refers back to a group of a repetition, which may have been passed by"_s,
                           reference.offset);
        }
        captures.push_back(capture);
    }
    return captures;
}

bool PatternGroups::isInLookbehind(std::size_t group) const
{
    for (; group != 0; group = m_groups[group].parent) {
        if (m_groups[group].kind == Kind::Lookbehind)
            return true;
    }
    return false;
}

std::optional<int> PatternGroups::alternativeAround(std::size_t group, const Reference &reference) const
{
    int alternative = reference.alternative;
    for (std::size_t around = reference.group; around != group; around = m_groups[around].parent) {
        if (around == 0)
            return std::nullopt;
        alternative = m_groups[around].alternative;
    }
    return alternative;
}

bool PatternGroups::seesForgotten(std::size_t group, const Reference &reference) const
{
    const bool comesBefore = group >= reference.known || alternativeAround(group, reference);
    bool mayBePassedBy = comesBefore || m_groups[group].mayBeLeftOut;
    if (comesBefore && m_groups[group].mayComeAgain && alternativeAround(group, reference))
        return true;
    for (std::size_t at = group; at != 0; at = m_groups[at].parent) {
        const std::size_t parent = m_groups[at].parent;
        // Here it was captured just before, or not at all.
        if (!mayBePassedBy && alternativeAround(parent, reference) == m_groups[at].alternative)
            return false;
        mayBePassedBy |= m_groups[parent].alternatives > 1;
        if (mayBePassedBy && m_groups[parent].mayComeAgain)
            return true;
        mayBePassedBy |= m_groups[parent].mayBeLeftOut;
    }
    return false;
}

} // namespace dialogue::schema
