#include "core/schema/patternsyntax_p.h"

#include "core/schema/patterngroups_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr int MaxNesting = 200; // PCRE2's own is 250.
constexpr int MaxRepetitions = 65535; // PCRE2's

/** A reference's number, which is known at the end only: PCRE2 reads leading zeros. */
constexpr qsizetype ReferenceDigits = 5;

using Kind = PatternGroups::Kind;

class Translator
{
public:
    explicit Translator(const QString &source)
        : m_source(source)
        , m_in(source)
    { }

    Result<PcrePattern> translate()
    {
        m_out.expression = "(?C)";
        if (!takeDisjunction() || !m_in.atEnd() || !resolveReferences()) {
            m_in.fail(u"there is no group to close"_s);
            return patternError(m_source, m_in.faultOffset(), m_in.fault());
        }
        m_out.refersBack = m_groups.areReferredTo();
        return std::move(m_out);
    }

private:
    bool fail(const QString &what, qsizetype offset)
    {
        m_in.fail(what, offset);
        return false;
    }
    void write(const QByteArray &text) { m_out.expression += text; }

    bool takeDisjunction()
    {
        while (true) {
            while (!m_in.atEnd() && m_in.peek() != u'|' && m_in.peek() != u')') {
                if (!takeTerm())
                    return false;
            }
            if (!m_in.take(u"|"))
                return true;
            m_groups.nextAlternative();
            write("|(?C)");
        }
    }

    bool takeTerm()
    {
        m_out.places.emplace_back(m_out.expression.size(), m_in.offset());
        if (takeAssertion())
            return refuseQuantifier();
        if (m_in.take(u"("))
            return takeGroup();
        m_isCharacter = true;
        return takeAtom() && takeQuantifier({});
    }

    bool takeAssertion()
    {
        if (m_in.take(u"^"))
            write("^");
        else if (m_in.take(u"$"))
            write("\\z"); // PCRE2's $ would let a last newline slip through.
        else if (m_in.take(u"\\b"))
            write("\\b");
        else if (m_in.take(u"\\B"))
            write("\\B");
        else
            return false;
        return true;
    }

    bool takeGroup()
    {
        const qsizetype begin = m_in.offset() - 1;
        Kind kind = Kind::Plain;
        QString name;
        if (m_in.take(u"?:")) {
            write("(?:");
        } else if (m_in.startsWith(u"?=") || m_in.startsWith(u"?!")) {
            write(m_in.take(u"?=") ? "(?=" : m_in.take(u"?!") ? "(?!" : "");
            kind = Kind::Lookaround;
        } else if (m_in.startsWith(u"?<=") || m_in.startsWith(u"?<!")) {
            write(m_in.take(u"?<=") ? "(?<=" : m_in.take(u"?<!") ? "(?<!" : "");
            kind = Kind::Lookbehind;
        } else {
            write("(");
            kind = Kind::Capturing;
            if (m_in.take(u"?<")) {
                const std::optional<QString> taken = m_in.takeGroupName();
                if (!taken)
                    return false;
                if (m_groups.hasName(*taken))
                    return fail(u"there are two groups of this name"_s, begin);
                name = *taken;
            } else if (m_in.startsWith(u"?")) {
                return fail(u"is no group of ECMA-262"_s, begin);
            }
        }
        if (++m_nesting > MaxNesting)
            return fail(u"more than %1 groups inside one another"_s.arg(MaxNesting), begin);
        m_groups.open(kind, name);
        if (!takeDisjunction())
            return false;
        if (!m_in.take(u")"))
            return fail(u"the group that begins here has no )"_s, begin);
        --m_nesting;
        const std::size_t group = m_groups.close();
        write(")");
        return kind == Kind::Plain || kind == Kind::Capturing ? takeQuantifier(group) : refuseQuantifier();
    }

    bool takeAtom()
    {
        const qsizetype begin = m_in.offset();
        if (m_in.take(u"."))
            write("[^\\n\\r\\x{2028}\\x{2029}]");
        else if (m_in.take(u"["))
            return writeIf(takeClass(m_in));
        else if (m_in.take(u"\\"))
            return takeEscape();
        else if (u"*+?{"_s.contains(QChar(m_in.peek())))
            return fail(u"there is nothing to repeat"_s, begin);
        else if (m_in.peek() == u'}' || m_in.peek() == u']')
            return fail(u"nothing was opened that this closes; the character itself is \\%1"_s.arg(
                            QChar(m_in.peek())),
                        begin);
        else
            takeCharacters();
        return true;
    }

    /** And the plain ones that follow: a quantifier is of the last one. */
    void takeCharacters()
    {
        writeCharacter(m_in.takeCodePoint());
        write(m_in.takePlain().toLatin1());
    }

    bool takeEscape()
    {
        const qsizetype begin = m_in.offset() - 1;
        const char16_t letter = m_in.peek();
        if (const QByteArray set = pcreClassEscape(letter); !set.isEmpty()) {
            m_in.takeCodePoint();
            write('[' + set + ']');
            return true;
        }
        if (m_in.take(u"p") || m_in.take(u"P"))
            return writeIf(takeProperty(m_in, letter == u'P'));
        if (m_in.take(u"k")) {
            const std::optional<QString> name = m_in.take(u"<") ? m_in.takeGroupName() : std::nullopt;
            return name ? takeReference(0, *name, begin) : fail(u"expected \\k<name>"_s, begin);
        }
        if (letter >= u'1' && letter <= u'9')
            return takeReference(m_in.takeNumber().value_or(0), {}, begin);
        const std::optional<char32_t> character = m_in.takeCharacterEscape();
        if (!character)
            return false;
        writeCharacter(*character);
        return true;
    }

    bool takeReference(int capture, const QString &name, qsizetype begin)
    {
        m_isCharacter = false;
        m_groups.refer(capture, name, begin);
        write("\\g{");
        m_referencesAt.push_back(m_out.expression.size());
        write(QByteArray(ReferenceDigits, '0') + '}');
        return true;
    }

    bool resolveReferences()
    {
        const auto captures = m_groups.resolve(m_in);
        if (!captures)
            return false;
        for (std::size_t i = 0; i < captures->size(); ++i) {
            const QByteArray number = QByteArray::number((*captures)[i]).rightJustified(ReferenceDigits, '0');
            m_out.expression.replace(m_referencesAt[i], ReferenceDigits, number);
        }
        return true;
    }

    bool takeQuantifier(std::optional<std::size_t> group)
    {
        const qsizetype begin = m_in.offset();
        int least = 0;
        std::optional<int> most;
        if (m_in.take(u"?")) {
            most = 1;
        } else if (m_in.take(u"+")) {
            least = 1;
        } else if (m_in.take(u"{")) {
            const std::optional<int> first = m_in.takeNumber();
            const bool open = first && m_in.take(u",");
            most = open ? m_in.takeNumber() : first;
            if (!first || !m_in.take(u"}"))
                return fail(u"expected {n}, {n,} or {n,m}; the character itself is \\{"_s, begin);
            least = *first;
            if (most && least > *most)
                return fail(u"the numbers are out of order"_s, begin);
            if (std::max(least, most.value_or(0)) > MaxRepetitions)
                return fail(u"more than %1 repetitions"_s.arg(MaxRepetitions), begin);
        } else if (!m_in.take(u"*")) {
            return true;
        }
        if (group)
            m_groups.repeat(*group, least == 0, most.value_or(2) > 1);
        const bool lazy = m_in.take(u"?");
        // Up to the end it takes all there are, or there is no match: no need to try with fewer.
        const bool possessive = !lazy && !group && m_isCharacter && m_in.startsWith(u"$");
        write('{' + QByteArray::number(least) + ',' + (most ? QByteArray::number(*most) : QByteArray())
              + '}');
        write(lazy ? "?(?C)" : possessive ? "+(?C)" : "(?C)");
        return true;
    }

    bool refuseQuantifier()
    {
        return !u"*+?{"_s.contains(QChar(m_in.peek())) || m_in.atEnd()
            || fail(u"there is nothing to repeat"_s, m_in.offset());
    }

    bool writeIf(const std::optional<QByteArray> &text)
    {
        write(text.value_or(QByteArray()));
        return text.has_value();
    }

    void writeCharacter(char32_t c)
    {
        const QByteArray character = pcreCharacter(c);
        write(character.isEmpty() ? QByteArray("(?!)") : character);
    }

    const QString &m_source;
    PatternReader m_in;
    PcrePattern m_out;
    PatternGroups m_groups;
    std::vector<qsizetype> m_referencesAt;
    int m_nesting = 0;
    bool m_isCharacter = false; // The last atom: it takes one character, whatever else it may be.
};

} // namespace

qsizetype PcrePattern::sourceOffset(qsizetype offset) const
{
    const auto behind = std::upper_bound(places.begin(), places.end(), offset,
                                         [](qsizetype at, const auto &place) { return at < place.first; });
    return behind == places.begin() ? 0 : std::prev(behind)->second;
}

Result<PcrePattern> translatePattern(const QString &source) { return Translator(source).translate(); }

Error patternError(const QString &source, qsizetype offset, const QString &what)
{
    constexpr qsizetype Shown = 20;
    QString place = source.mid(offset, Shown);
    if (place.isEmpty())
        place = u"the end"_s;
    return {ErrorCode::ConfigError,
            u"is no regular expression of ECMA-262 (with the u flag): at character %1, %2: %3"_s.arg(
                QString::number(offset + 1), place, what)};
}

} // namespace dialogue::schema
