#pragma once

#include "core/schema/patternreader_p.h"

#include <QHash>

#include <vector>

namespace dialogue::schema {

/**
 * The groups of a pattern, and what refers back to them. With each iteration of a loop ECMA-262 forgets what
 * the groups inside have captured, and PCRE2 does not: where that would be seen, the pattern is refused.
 */
class PatternGroups
{
public:
    enum class Kind { Plain, Capturing, Lookaround, Lookbehind };

    PatternGroups() { m_groups.emplace_back(); } // The whole.

    /** Opens a group in the one that is open; \a name may be empty. */
    void open(Kind kind, const QString &name = {});
    [[nodiscard]] bool hasName(const QString &name) const { return m_names.contains(name); }
    void nextAlternative() { ++m_groups[m_open].alternatives; }
    /** Closes the one that is open, which is its number from then on. */
    std::size_t close();
    void repeat(std::size_t group, bool mayBeLeftOut, bool mayComeAgain);

    /** Notes a reference from here, which stands at \a offset. */
    void refer(int capture, const QString &name, qsizetype offset);
    [[nodiscard]] bool areReferredTo() const { return !m_references.empty(); }
    /** At the end: the capture each reference means, in their order; nothing after a fault. */
    std::optional<std::vector<int>> resolve(PatternReader &in) const;

private:
    struct Group
    {
        Kind kind = Kind::Plain;
        std::size_t parent = 0;
        int alternative = 0; // Of the parent, in which it stands.
        int alternatives = 1;
        bool mayBeLeftOut = false;
        bool mayComeAgain = false;
    };

    struct Reference
    {
        int capture;
        QString name;
        qsizetype offset;
        std::size_t group; // In which it stands.
        int alternative;
        std::size_t known; // Groups there were before it.
    };

    [[nodiscard]] bool isInLookbehind(std::size_t group) const;
    /** The alternative of \a group in which \a reference stands; none: it stands outside. */
    [[nodiscard]] std::optional<int> alternativeAround(std::size_t group, const Reference &reference) const;
    [[nodiscard]] bool seesForgotten(std::size_t group, const Reference &reference) const;

    std::vector<Group> m_groups;
    std::vector<std::size_t> m_captures; // By their number, less one.
    QHash<QString, int> m_names;
    std::vector<Reference> m_references;
    std::size_t m_open = 0;
};

} // namespace dialogue::schema
