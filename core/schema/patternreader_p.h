#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <optional>

namespace dialogue::schema {

/** The source of an ECMA-262 pattern, read code point by code point, and the escapes that mean one. */
class PatternReader
{
public:
    explicit PatternReader(QStringView source)
        : m_source(source)
    { }

    [[nodiscard]] bool atEnd() const { return m_at == m_source.size(); }
    [[nodiscard]] qsizetype offset() const { return m_at; }
    [[nodiscard]] bool startsWith(QStringView text) const { return m_source.mid(m_at).startsWith(text); }
    [[nodiscard]] char16_t peek() const { return atEnd() ? u'\0' : m_source[m_at].unicode(); }
    void back(qsizetype offset) { m_at = offset; }

    bool take(QStringView text)
    {
        const bool is = startsWith(text);
        m_at += is ? text.size() : 0;
        return is;
    }

    char32_t takeCodePoint(); ///< Not at the end. A surrogate without its other half is one too.
    QStringView takePlain(); ///< The letters and digits of ASCII that come next.
    std::optional<int> takeNumber(); ///< Decimal; what is too large is a large number.
    QStringView takeUntil(QChar end); ///< And the end; null where there is none.

    /** What \x, \u, \c, \0, a control letter or a syntax character stands for, behind the backslash. */
    std::optional<char32_t> takeCharacterEscape();
    /** Behind the u. */
    std::optional<char32_t> takeUnicodeEscape();
    /** A name of a group and the ">" behind it. */
    std::optional<QString> takeGroupName();

    /** Notes the first fault; it answers false, nothing, or whatever is none. */
    std::nullopt_t fail(const QString &what) { return fail(what, m_at); }
    std::nullopt_t fail(const QString &what, qsizetype offset)
    {
        if (m_fault.isEmpty()) {
            m_fault = what;
            m_faultAt = offset;
        }
        return std::nullopt;
    }
    [[nodiscard]] bool failed() const { return !m_fault.isEmpty(); }
    [[nodiscard]] const QString &fault() const { return m_fault; }
    [[nodiscard]] qsizetype faultOffset() const { return m_faultAt; }

private:
    std::optional<char32_t> takeHex(qsizetype digits);

    QStringView m_source;
    qsizetype m_at = 0;
    QString m_fault;
    qsizetype m_faultAt = 0;
};

/** \a codePoint for PCRE2, inside and outside of classes. */
QByteArray pcreCharacter(char32_t codePoint);

/** For PCRE2, inside of classes: \d, \D, \s, \S, \w, \W, by their \a letter; empty for another one. */
QByteArray pcreClassEscape(char16_t letter);

/** For PCRE2: \p{...}, or \P{...} where \a negated, behind the letter. */
std::optional<QByteArray> takeProperty(PatternReader &in, bool negated);

/** A class, behind its opening bracket, for PCRE2. */
std::optional<QByteArray> takeClass(PatternReader &in);

} // namespace dialogue::schema
