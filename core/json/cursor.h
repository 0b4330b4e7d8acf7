#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/json/stringtoken.h"

#include <QByteArrayView>
#include <QJsonValue>

#include <optional>

namespace dialogue::json {

/**
 * Arrays and objects inside one another, at most, in what comes from a connection. Half of what QJsonDocument
 * reads, so that there is room for what we wrap around it (an envelope, a list of envelopes).
 */
inline constexpr int MaxDepth = 512;

/** The same in what a server sends, with such wrapping around what it took. */
inline constexpr int MaxWrappedDepth = MaxDepth + 16;

/** White space between values (RFC 8259, section 2). */
constexpr bool isBlank(char c)
{
    return static_cast<unsigned char>(c) <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

/**
 * Reads JSON where it lies, value by value, without making a tree of it. As strict as RFC 8259, and besides
 * it refuses numbers that are larger than any double; whatever a Cursor has read to its end, json::parsed()
 * reads too.
 *
 *     Cursor cursor(text);
 *     for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
 *         if (cursor.key().is("name"))
 *             name = cursor.string();
 *         else
 *             cursor.skip();
 *     }
 *     if (!cursor.atEnd())
 *         return cursor.error();
 *
 * After the first fault nothing more is read: all calls answer no, or nothing. The text must outlive it.
 */
class DIALOGUE_CORE_EXPORT Cursor
{
public:
    /** Which numbers are taken; of AnySize there may be some that nothing here can hold. */
    enum class Numbers { OfADouble, OfAnySize };

    explicit Cursor(QByteArrayView text, int depth = MaxDepth, Numbers numbers = Numbers::OfADouble)
        : m_begin(text.data())
        , m_at(text.data())
        , m_end(text.data() + text.size())
        , m_depthLeft(depth)
        , m_maxDepth(depth)
        , m_numbers(numbers)
    { }

    using Type = QJsonValue::Type;
    /** Of the value that comes next, by its first character; Undefined: no value begins like this. */
    Type type();

    /** Any value; its text, empty after a fault. */
    QByteArrayView skip();
    std::optional<StringToken> string();
    std::optional<double> number();

    /** To the first member, whose value comes next; false: there is none. */
    bool enterObject();
    bool nextMember();
    [[nodiscard]] const StringToken &key() const { return m_key; }

    bool enterArray();
    bool nextItem();

    /** Whether all was read, without a fault; otherwise error() says why not. */
    bool atEnd();
    [[nodiscard]] bool failed() const { return m_fault; }
    [[nodiscard]] Error error() const; ///< ParseError, with the place.
    [[nodiscard]] QString fault() const; ///< The same in words, without the place.
    [[nodiscard]] qsizetype faultOffset() const { return m_faultAt; }
    [[nodiscard]] qsizetype position() const { return m_at - m_begin; }

private:
    void skipBlanks()
    {
        while (m_at < m_end && isBlank(*m_at))
            ++m_at;
    }
    bool fail(const char *fault);
    bool take(char c);
    bool enter(char open, char close, const char *fault);
    bool next(char close, const char *fault);
    bool readKey();
    bool scanString(StringToken &token);
    bool scanEscape();
    bool scanNumber();
    bool scanDigits();
    bool scanWord(QByteArrayView word);

    const char *failAt(const char *at, const char *fault);
    const char *passValue(const char *at);
    const char *passContainer(const char *at);
    const char *passKey(const char *at);
    const char *passString(const char *at);
    const char *passNumber(const char *at);
    const char *passOddString(const char *at);
    const char *passOddNumber(const char *at);

    // The faults that are found in several places.
    static constexpr auto TooDeep = "More than %1 arrays and objects inside one another";
    static constexpr auto KeyExpected = "Expected a key in quotes";
    static constexpr auto ColonExpected = "Expected a colon behind the key";
    static constexpr auto ObjectGoesOn = "Expected a comma or the end of the object";
    static constexpr auto ArrayGoesOn = "Expected a comma or the end of the array";

    const char *m_begin;
    const char *m_at;
    const char *m_end;
    int m_depthLeft;
    int m_maxDepth;
    Numbers m_numbers;
    StringToken m_key;
    const char *m_fault = nullptr;
    qsizetype m_faultAt = 0;
};

/** Whether \a text is one JSON value, without blanks in front and nested no deeper than \a depth. */
DIALOGUE_CORE_EXPORT Result<void> check(QByteArrayView text, int depth = MaxDepth,
                                        Cursor::Numbers numbers = Cursor::Numbers::OfADouble);

} // namespace dialogue::json
