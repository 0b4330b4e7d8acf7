#pragma once

#include "core/json/cursor.h"
#include "core/json/jsondata.h"
#include "core/protocol/dialogue/reader_p.h"

#include <array>
#include <cstddef>
#include <optional>

namespace dialogue::protocol {

/**
 * Reads the members of a JSON object as a Reader does, by the same names, but from its text, without making a
 * tree of it. What is not plainly right it leaves to a Reader, which says what is wrong: then finish() gives
 * nothing.
 */
class PlainReader
{
public:
    explicit PlainReader(json::Cursor &object);

    QString id(QLatin1String key, Length length);
    QString optionalId(QLatin1String key, Length length);
    std::optional<bool> optionalBool(QLatin1String key);
    /** Any value, as the text it is; null where it is left out. */
    JsonData any(QLatin1String key);
    JsonData anyObject(QLatin1String key);
    /** For what only a Reader reads. */
    [[nodiscard]] bool has(QLatin1String key) const { return find(key) != nullptr; }
    void leaveToReader() { m_isPlain = false; }

    template <class T>
    [[nodiscard]] std::optional<T> finish(T value) const
    {
        return m_isPlain ? std::optional<T>(std::move(value)) : std::nullopt;
    }

private:
    struct Member
    {
        QByteArrayView key;
        json::Cursor::Type type = json::Cursor::Type::Undefined;
        json::StringToken string; ///< Where it is one.
        QByteArrayView text; ///< Where it is none.
    };
    [[nodiscard]] const Member *find(QLatin1String key) const;

    static constexpr std::size_t MostMembers = 8; ///< More than any request has.
    std::array<Member, MostMembers> m_members;
    std::size_t m_count = 0;
    bool m_isPlain = true;
};

} // namespace dialogue::protocol
