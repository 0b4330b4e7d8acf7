#pragma once

#include "core/base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <limits>
#include <optional>

namespace dialogue::protocol {

/** What JSON numbers hold without loss (RFC 8259, section 6). */
inline constexpr qint64 MaxSafeInteger = (qint64(1) << 53) - 1;

/** Lengths a string may have, in characters. */
struct Length
{
    qsizetype least = 0;
    qsizetype most = std::numeric_limits<qsizetype>::max();
};

/**
 * Reads the members of one JSON object and remembers the first thing that is wrong; after it, every read
 * gives the default. So a fromJson() names its members one after the other and asks once, at the end.
 */
class Reader
{
public:
    Reader(const QJsonValue &json, const QString &path);

    QString string(QLatin1String key, Length length = {});
    QString optionalString(QLatin1String key, Length length = {});
    /** A string that is seen whole (faultOfId()). */
    QString id(QLatin1String key, Length length);
    QString optionalId(QLatin1String key, Length length);
    qint64 integer(QLatin1String key, qint64 least, qint64 most);
    std::optional<qint64> optionalInteger(QLatin1String key, qint64 least, qint64 most);
    std::optional<int> optionalInt(QLatin1String key, int least);
    std::optional<bool> optionalBool(QLatin1String key);
    QJsonObject optionalObject(QLatin1String key);
    QJsonArray array(QLatin1String key);
    [[nodiscard]] QJsonValue value(QLatin1String key) const { return m_object.value(key); }

    /** Whether the optional member \a key is there: neither missing nor null. */
    [[nodiscard]] bool has(QLatin1String key) const;
    [[nodiscard]] QString pathOf(QLatin1String key) const;
    void fail(QLatin1String key, const QString &expected);

    /** Takes over the outcome of a nested read. */
    template <class T>
    T take(Result<T> nested)
    {
        if (nested)
            return *std::move(nested);
        if (!m_error)
            m_error = nested.error();
        return T();
    }

    /** \a value, unless something was wrong. */
    template <class T>
    [[nodiscard]] Result<T> finish(T value) const
    {
        if (m_error)
            return *m_error;
        return value;
    }

private:
    QJsonObject m_object;
    QString m_path;
    std::optional<Error> m_error;
};

/** `path[index]`. */
QString elementPath(const QString &path, qsizetype index);

} // namespace dialogue::protocol
