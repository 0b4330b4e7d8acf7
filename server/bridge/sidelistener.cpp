#include "server/bridge/sidelistener.h"

#include "server/connections/networker.h"
#include "server/http/httpconnection.h"
#include "server/http/pendingrequest.h"
#include "server/http/problem.h"
#include "server/loop/iothread.h"
#include "server/tcp/qtlistener.h"
#include "server/tcp/qtstream.h"

#include <unordered_map>
#include <utility>

namespace dialogue {

namespace {

/** Who asks there are programs, and few. */
constexpr PlaceLimits MostConnections{
    .inAll = 200, .perAddress = 100, .waiting = 100, .waitingPerAddress = 50};

} // namespace

/** All that lives in the thread. */
class SideListener::Connections final : public ConnectionHandler
{
public:
    Connections(qint64 largestBody, AnswerAtOnce atOnce, std::shared_ptr<Mailbox<Asked>> hub)
        : m_largestBody(largestBody)
        , m_atOnce(std::move(atOnce))
        , m_hub(std::move(hub))
        , m_net(std::make_unique<NetWorker>(0, NetConfig{.transport = ServerTransport::Qt}))
    {
        m_net->setHandler(this);
        m_net->setPeers({m_net.get()});
    }
    ~Connections() override
    {
        m_listener.reset();
        m_net.reset(); // Tells of what it drops.
    }
    Q_DISABLE_COPY_MOVE(Connections)

    Result<quint16> listen(const QString &host, quint16 port)
    {
        auto listener = std::make_unique<QtListener>();
        if (const auto open = listener->open(host, port); !open)
            return open.error();
        m_listener = std::move(listener);
        m_listener->begin(std::make_shared<Places>(MostConnections), {},
                          [this](std::unique_ptr<QtStream> stream) { m_net->adopt(std::move(stream)); });
        return m_listener->serverPort();
    }

    void respond(quint64 id, HttpResponse &&response)
    {
        const auto found = m_waiting.find(id);
        if (found == m_waiting.end())
            return; // Its peer has gone.
        HttpConnection *const connection = found->second->connection;
        connection->setPending(nullptr);
        m_waiting.erase(found);
        connection->respond(std::move(response));
    }

    // ConnectionHandler
    int homeOf(const HttpRequest &) override { return 0; }
    qint64 bodyLimit(const HttpRequest &) override { return m_largestBody; }
    void requestReceived(HttpConnection *connection, HttpRequest &&request) override
    {
        if (auto answer = m_atOnce ? m_atOnce(request) : std::nullopt) {
            connection->respond(*std::move(answer));
            return;
        }
        const quint64 id = ++m_last;
        auto waiting = std::make_unique<Waiting>(*this, id, connection);
        connection->setPending(waiting.get());
        m_waiting.emplace(id, std::move(waiting));
        m_hub->post({id, std::move(request)});
    }
    void upgradeRequested(HttpConnection *connection, const HttpRequest &head) override
    {
        HttpResponse response = refusalAt(head.path, 404, "There is no WebSocket here");
        response.close = true;
        connection->respond(std::move(response));
    }
    void webSocketOpened(WebSocketConnection *, const HttpRequest &) override { }
    void requestAborted(HttpConnection *connection) override
    {
        if (PendingRequest *const pending = connection->pending())
            pending->aborted();
    }

private:
    struct Waiting final : PendingRequest
    {
        Waiting(Connections &itsOwner, quint64 itsId, HttpConnection *itsConnection)
            : owner(itsOwner)
            , id(itsId)
            , connection(itsConnection)
        { }
        void aborted() override { owner.m_waiting.erase(id); } // Destroys this.

        Connections &owner;
        const quint64 id;
        HttpConnection *const connection;
    };

    const qint64 m_largestBody;
    const AnswerAtOnce m_atOnce;
    const std::shared_ptr<Mailbox<Asked>> m_hub;
    quint64 m_last = 0;
    std::unordered_map<quint64, std::unique_ptr<Waiting>> m_waiting;
    std::unique_ptr<NetWorker> m_net;
    std::unique_ptr<QtListener> m_listener;
};

SideListener::SideListener(IoThread &thread, qint64 largestBody, AnswerAtOnce atOnce, Ask ask)
    : m_thread(thread)
    , m_ask(std::move(ask))
    , m_asked(std::make_shared<Mailbox<Asked>>([this](Asked &&each) { asked(std::move(each)); }))
{
    m_thread.run(
        [&] { m_connections = std::make_unique<Connections>(largestBody, std::move(atOnce), m_asked); });
}

SideListener::~SideListener()
{
    m_thread.run([this] { m_connections.reset(); });
}

Result<void> SideListener::listen(const QString &host, quint16 port, const QString &key)
{
    std::optional<Result<quint16>> listening;
    m_thread.run([&] { listening = m_connections->listen(host, port); });
    if (!*listening)
        return Error{ErrorCode::IoError, listening->error().message, key};
    m_url.setScheme(QStringLiteral("http"));
    m_url.setHost(host);
    m_url.setPort(**listening);
    return {};
}

QUrl SideListener::url() const { return m_url; }

void SideListener::asked(Asked &&asked)
{
    // It may answer when this is gone: then there is nobody who waits.
    const std::weak_ptr<Mailbox<Asked>> alive = m_asked;
    m_ask(std::move(asked.request), HttpResponder([this, alive, id = asked.id](HttpResponse &&response) {
              if (alive.expired())
                  return;
              m_thread.post([this, id, answer = std::make_shared<HttpResponse>(std::move(response))] {
                  if (m_connections)
                      m_connections->respond(id, std::move(*answer));
              });
          }));
}

} // namespace dialogue
