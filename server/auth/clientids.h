#pragma once

#include <QByteArray>
#include <QStringView>

namespace dialogue {

/**
 * The ids of connections, by which users without a name go. Each bears the mark of a secret that lives as
 * long as this, so that it is known again as made here, without a list, for as long as the rooms and events
 * of who had it are there: nobody else may claim it.
 */
class ClientIds
{
public:
    ClientIds();

    /** 20 characters, as Socket.IO's own ids have; 72 random bits, and 48 of the mark. */
    [[nodiscard]] QByteArray next() const;
    [[nodiscard]] bool isOurs(QStringView id) const;

private:
    [[nodiscard]] QByteArray marked(const QByteArray &random) const;

    QByteArray m_secret;
};

} // namespace dialogue
