#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

namespace dialogue::test {

/** The least reader of server-sent events there is (HTML, section 9.2.6). Waiting spins the event loop, so
 * that the server may live in the same thread. */
class EventReader
{
public:
    struct Event
    {
        QByteArray id; ///< The last that was said by then.
        QByteArray name;
        QJsonObject data;
    };

    /** \a headers: lines with "\r\n" behind each. */
    explicit EventReader(quint16 port, const QByteArray &target = "/events?rooms=chat",
                         const QByteArray &headers = "Accept: text/event-stream\r\n",
                         const QByteArray &method = "GET")
    {
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] {
            if (!isPaused)
                take(m_socket.readAll());
        });
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        m_socket.write(method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    /** 0: there was no answer in time. */
    [[nodiscard]] int status()
    {
        (void)QTest::qWaitFor([this] { return !head.isEmpty(); }, 10000);
        return head.mid(9, 3).toInt();
    }
    /** The next event, taken out of what came; without a name when none came in time. */
    [[nodiscard]] Event next()
    {
        (void)QTest::qWaitFor([this] { return !m_events.isEmpty(); }, 10000);
        return m_events.isEmpty() ? Event() : m_events.takeFirst();
    }
    [[nodiscard]] bool waitForEnd()
    {
        return QTest::qWaitFor([this] { return isEnded(); }, 10000);
    }
    [[nodiscard]] bool isEnded() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    [[nodiscard]] bool isEmpty() const { return m_events.isEmpty(); }
    [[nodiscard]] bool hasHeader(const QByteArray &line) const { return head.contains(line + "\r\n"); }
    /** Reads nothing for now. */
    void pause()
    {
        isPaused = true;
        m_socket.setReadBufferSize(1024);
    }
    void resume()
    {
        isPaused = false;
        m_socket.setReadBufferSize(0);
        take(m_socket.readAll());
    }
    void abort() { m_socket.abort(); }
    QTcpSocket &socket() { return m_socket; }

    QByteArray head; ///< Of the answer, once it is there.
    QByteArray body; ///< What of it makes no event yet.
    QByteArray lastId;
    int comments = 0;
    int retry = 0; ///< The last that was said.
    bool isPaused = false;

private:
    void take(const QByteArray &bytes)
    {
        body += bytes;
        if (head.isEmpty()) {
            const qsizetype end = body.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            head = body.first(end + 2);
            body.remove(0, end + 4);
        }
        if (!hasHeader("Content-Type: text/event-stream"))
            return;
        for (qsizetype end = body.indexOf("\n\n"); end >= 0; end = body.indexOf("\n\n")) {
            const QByteArrayList lines = body.first(end).split('\n');
            body.remove(0, end + 2);
            Event event;
            for (const QByteArray &line : lines) {
                if (line.startsWith(':'))
                    ++comments;
                else if (line.startsWith("id: "))
                    lastId = line.mid(4);
                else if (line.startsWith("retry: "))
                    retry = line.mid(7).toInt();
                else if (line.startsWith("event: "))
                    event.name = line.mid(7);
                else if (line.startsWith("data: "))
                    event.data = QJsonDocument::fromJson(line.mid(6)).object();
            }
            event.id = lastId;
            if (!event.name.isEmpty())
                m_events.append(event);
        }
    }

    QTcpSocket m_socket;
    QList<Event> m_events;
};

} // namespace dialogue::test
