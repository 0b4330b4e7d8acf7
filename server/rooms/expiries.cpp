#include "server/rooms/expiries.h"

#include "core/base/shrink.h"
#include "server/rooms/services.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dialogue {

namespace {

/** It is a moment of the day, and the clock may be set meanwhile. */
constexpr std::chrono::milliseconds LongestSleep = std::chrono::minutes(1);

} // namespace

class Expiries::Expiry final : public Deadline
{
public:
    Expiry(Expiries &all, SocketId socketId, Clock::time_point end)
        : socket(socketId)
        , at(end)
        , m_all(all)
    { }

    const SocketId socket;
    const Clock::time_point at;

private:
    void expired() override { m_all.check(*this); }

    Expiries &m_all;
};

Expiries::Expiries(const RoomServices &services, ErrorFrame errorFrame)
    : m_services(services)
    , m_errorFrame(std::move(errorFrame))
{ }

Expiries::~Expiries() = default;

std::optional<std::chrono::milliseconds> Expiries::timeLeft(const Identity &identity)
{
    if (!identity.expiresAt)
        return {};
    return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(*identity.expiresAt - Clock::now()),
                    std::chrono::milliseconds(0));
}

void Expiries::watch(const SocketClient &client)
{
    forget(client.socket);
    if (!client.identity.credential.isEmpty())
        m_credentials.emplace(client.socket, client.identity.credential);
    if (!client.identity.expiresAt)
        return;
    auto expiry = std::make_unique<Expiry>(*this, client.socket,
                                           *client.identity.expiresAt + m_services.config.auth.grace);
    check(*m_expiries.emplace(client.socket, std::move(expiry)).first->second);
}

void Expiries::forget(SocketId socket)
{
    if (m_expiries.erase(socket) > 0)
        shrink(m_expiries);
    if (m_credentials.erase(socket) > 0)
        shrink(m_credentials);
}

void Expiries::revoke(const QSet<QString> &credentials)
{
    std::vector<SocketId> sockets;
    for (const auto &[socket, credential] : m_credentials) {
        if (credentials.contains(credential))
            sockets.push_back(socket);
    }
    for (const SocketId socket : sockets)
        end(socket, QStringLiteral("Your credential has been revoked; connect again with another"));
}

void Expiries::check(Expiry &expiry)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(expiry.at - Clock::now());
    if (left.count() > 0) {
        expiry.schedule(&m_deadlines, std::min(left, LongestSleep));
        return;
    }
    end(expiry.socket, QStringLiteral("Your token has expired; connect again with a new one"));
}

void Expiries::end(SocketId socket, const QString &why)
{
    forget(socket); // Destroys what calls.
    m_services.sockets.send(socket, m_errorFrame({ErrorCode::TokenExpired, why}));
    m_services.sockets.disconnect(socket, true, DisconnectReason::TokenExpired);
}

} // namespace dialogue
