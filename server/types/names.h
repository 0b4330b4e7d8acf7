#pragma once

#include <QSet>
#include <QString>
#include <QStringView>

namespace dialogue::types {

/** \a text as words put together, of ASCII letters and digits: "chat-room.2" is "ChatRoom2"; may be empty. */
[[nodiscard]] QString pascalCase(QStringView text);
/** The same with a small letter first. */
[[nodiscard]] QString camelCase(QStringView text);

/** Names of one scope: each is there once. Which one gets a number depends on the order alone. */
class Names
{
public:
    /** \a reserved: those that are something else already. */
    explicit Names(QSet<QString> reserved = {})
        : m_taken(std::move(reserved))
    { }

    /** \a wanted, or that with a number: an identifier that no other is. \a instead: where there is nothing
     * of it, or in front of a digit. */
    [[nodiscard]] QString unique(const QString &wanted, const QString &instead);

private:
    QSet<QString> m_taken;
};

} // namespace dialogue::types
