#pragma once

#include "core/base/error.h"
#include "server/auth/identity.h"
#include "server/fanout/frame.h"
#include "server/loop/deadlines.h"
#include "server/rooms/socketclient.h"

#include <QSet>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace dialogue {

/** Until when the clients of a namespace are who they are. Who does not bring a new token in time, and some
 * grace, is told so, and its connection ends. */
class Expiries
{
public:
    using Clock = std::chrono::system_clock;
    /** What says an Error in that namespace. */
    using ErrorFrame = std::function<FramePtr(const Error &)>;

    Expiries(const RoomServices &services, ErrorFrame errorFrame);
    ~Expiries();
    Q_DISABLE_COPY_MOVE(Expiries)

    /** From now on by what its identity says now. */
    void watch(const SocketClient &client);
    void forget(SocketId socket);
    /** Who came in with one of \a credentials is told so, and its connection ends at once. */
    void revoke(const QSet<QString> &credentials);

    /** Never less than 0; nothing: there is no end to it. */
    [[nodiscard]] static std::optional<std::chrono::milliseconds> timeLeft(const Identity &identity);

private:
    class Expiry;
    void check(Expiry &expiry);
    void end(SocketId socket, const QString &why);

    const RoomServices &m_services;
    const ErrorFrame m_errorFrame;
    DeadlineQueue m_deadlines;
    std::unordered_map<SocketId, std::unique_ptr<Expiry>> m_expiries;
    std::unordered_map<SocketId, QString> m_credentials; ///< Of those that may be called back.
};

} // namespace dialogue
