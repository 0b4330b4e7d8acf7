#pragma once

#include "lineencoding.h"
#include "server/bridge/channel.h"
#include "server/fanout/sendqueue.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <mutex>
#include <optional>

namespace dialogue::test {

class LineReader;

/** All there is of lines in one server: whoever reads them is made here, and read out in the test's thread.
 */
class Lines
{
public:
    struct Said
    {
        std::optional<QByteArray> sid;
        QString refusal;
        std::optional<DisconnectReason> ended;
        int delivered = 0; ///< Publications that reached it, dropped since or not.
    };

    [[nodiscard]] bridge::ChannelFactory factory();

    /** The names of those who come in when the workers start: one of each in every worker. */
    QStringList users;
    qint64 queue = 1'000'000; ///< Bytes that may wait for each.
    const LineEncoding encoding{};

    /** What has come for the reader of that name in that worker; it is read with it. */
    [[nodiscard]] QByteArrayList read(int worker, const QString &user);
    [[nodiscard]] Said said(int worker, const QString &user) const;
    [[nodiscard]] SubscriberId id(int worker, const QString &user) const;

private:
    friend class LineReader;
    friend class LinesOfWorker;
    using Name = std::pair<int, QString>;

    mutable std::mutex m_mutex; ///< Guards what follows, and what its readers hold.
    std::map<Name, LineReader *> m_readers;
    std::map<Name, Said> m_said;
    int m_workers = 0;
};

class LineReader final : public bridge::ChannelReader
{
public:
    LineReader(Lines &lines, bridge::ChannelHost &host, Lines::Name name)
        : ChannelReader(host.nextId())
        , m_lines(lines)
        , m_host(host)
        , m_name(std::move(name))
        , m_queue(lines.queue)
    {
        const std::lock_guard lock(m_lines.m_mutex);
        m_lines.m_readers.emplace(m_name, this);
    }
    ~LineReader() override
    {
        const std::lock_guard lock(m_lines.m_mutex);
        m_lines.m_readers.erase(m_name);
    }

    Delivered deliver(const Publication &publication, Occasion occasion) override
    {
        const std::lock_guard lock(m_lines.m_mutex);
        if (publication.isVolatile() && !m_queue.isEmpty())
            return Delivered::Behind;
        m_queue.add(publication.encodedFor(occasion, m_lines.encoding));
        ++m_lines.m_said[m_name].delivered;
        return Delivered::Sent;
    }
    Delivered tellGap(const Gap &gap) override
    {
        const std::lock_guard lock(m_lines.m_mutex);
        m_queue.add(gap.room->in(m_lines.encoding)->gapFrame(gap.from, gap.to, gap.reason));
        return Delivered::Sent;
    }
    void accepted(const QByteArray &sid) override
    {
        const std::lock_guard lock(m_lines.m_mutex);
        m_lines.m_said[m_name].sid = sid;
    }
    void refused(const QString &message, const QJsonValue &) override
    {
        {
            const std::lock_guard lock(m_lines.m_mutex);
            m_lines.m_said[m_name].refusal = message;
        }
        m_host.gone(*this, DisconnectReason::ServerDisconnect);
    }
    void disconnect(DisconnectReason reason) override
    {
        {
            const std::lock_guard lock(m_lines.m_mutex);
            m_lines.m_said[m_name].ended = reason;
        }
        m_host.gone(*this, reason);
    }
    /** It is as quick as that. */
    void tellWhenDrained(qint64, quint64 token) override { m_host.drained(*this, token); }
    void askWhetherAlive() override { m_host.heard(*this); }
    [[nodiscard]] qint64 queuedBytes() const override { return m_queue.bytes(); }

private:
    friend class Lines;
    Lines &m_lines;
    bridge::ChannelHost &m_host;
    const Lines::Name m_name;
    SendQueue m_queue;
};

class LinesOfWorker final : public bridge::Channel
{
public:
    LinesOfWorker(Lines &lines, bridge::ChannelHost &host, int worker)
    {
        for (const QString &user : std::as_const(lines.users))
            m_readers.push_back(std::make_unique<LineReader>(lines, host, Lines::Name(worker, user)));
        // As they would come over connections: once the server listens.
        QTimer::singleShot(0, &m_thread, [this, &host, users = lines.users] {
            for (std::size_t i = 0; i < m_readers.size(); ++i) {
                ConnectRequest request{
                    .nsp = "/", .auth = {{QStringLiteral("userId"), users[qsizetype(i)]}}, .handshake = {}};
                request.handshake.sessionId = "lines" + QByteArray::number(m_readers[i]->id);
                host.connecting(*m_readers[i], std::move(request));
            }
        });
    }

private:
    std::vector<std::unique_ptr<LineReader>> m_readers;
    QObject m_thread;
};

inline bridge::ChannelFactory Lines::factory()
{
    return [this](bridge::ChannelHost &host) {
        int worker = 0;
        {
            const std::lock_guard lock(m_mutex);
            worker = m_workers++;
        }
        return std::make_unique<LinesOfWorker>(*this, host, worker);
    };
}

inline QByteArrayList Lines::read(int worker, const QString &user)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_readers.find({worker, user});
    if (found == m_readers.end())
        return {};
    SendQueue &queue = found->second->m_queue;
    QByteArray text;
    while (!queue.isEmpty())
        text += queue.takeFront();
    return text.isEmpty() ? QByteArrayList() : text.chopped(1).split('\n');
}

inline Lines::Said Lines::said(int worker, const QString &user) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_said.find({worker, user});
    return found == m_said.end() ? Said() : found->second;
}

inline SubscriberId Lines::id(int worker, const QString &user) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_readers.find({worker, user});
    return found == m_readers.end() ? 0 : found->second->id;
}

} // namespace dialogue::test
