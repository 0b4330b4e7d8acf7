#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QLatin1String>
#include <QStringView>

class QJsonObject;

namespace dialogue {

class JsonData;

namespace json {

/**
 * Writes an object member by member, compact, in the order of the calls. Keys are taken as they are: plain
 * ASCII that needs no escape, and each once.
 */
class DIALOGUE_CORE_EXPORT ObjectWriter
{
public:
    /** \a expected: bytes the whole is likely to take. */
    explicit ObjectWriter(qsizetype expected = 192)
        : m_expected(expected)
    { }

    void string(QLatin1String key, QStringView value);
    void number(QLatin1String key, qint64 value);
    void boolean(QLatin1String key, bool value);
    void value(QLatin1String key, const JsonData &value);
    void text(QLatin1String key, QByteArrayView json); ///< \a json is one value.
    void members(const QJsonObject &object); ///< All of them, whatever their keys.

    /** The object, closed; nothing is left in the writer. */
    [[nodiscard]] QByteArray take();

private:
    char *room(qsizetype size); ///< For \a size bytes more, all of which are to be written.
    void append(QByteArrayView bytes);
    template <class Function>
    void appendWith(Function &&append);
    [[nodiscard]] char separator() const { return m_size == 0 ? '{' : ','; } ///< In front of the next member.
    void key(QLatin1String key);

    QByteArray m_text; ///< What is behind m_size is room: QByteArray makes a call of each step of its growth.
    qsizetype m_size = 0;
    qsizetype m_expected;
};

} // namespace json
} // namespace dialogue
