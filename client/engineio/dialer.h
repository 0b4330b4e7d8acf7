#pragma once

#include "client/connectionfailure.h"
#include "client/engineio/addressrace.h"
#include "client/engineio/connectionconfig.h"
#include "client/engineio/network.h"

namespace dialogue::client {

/** Finds out which of a host's addresses a connection goes to. */
class Dialer : public QObject
{
    Q_OBJECT
public:
    explicit Dialer(Resolver resolve);

    /** From the event loop on: done(), or failed(). Nobody else bounds how long that takes. */
    void dial(const ConnectionConfig &config);
    void stop();
    /** A connection to the address, in which nothing was said yet; or nothing. */
    [[nodiscard]] std::unique_ptr<QTcpSocket> takeSocket() { return m_race.takeWinner(); }

Q_SIGNALS:
    /** Null: there is nothing to choose. A proxy does that, `url` names an address, or the host has but one.
     */
    void done(const QHostAddress &address);
    /** None of them can be reached. */
    void failed(const dialogue::ConnectionFailure &failure);

private:
    void onResolved(const QList<QHostAddress> &addresses);

    Resolver m_resolve;
    quint16 m_port = 0;
    bool m_secure = false;
    std::unique_ptr<QObject> m_lookup; ///< The one that is waited for.
    AddressRace m_race;
};

} // namespace dialogue::client
