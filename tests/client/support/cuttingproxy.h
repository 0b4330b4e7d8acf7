#pragma once

#include <QTcpServer>
#include <QTcpSocket>

#include <deque>
#include <functional>

namespace dialogue::test {

/**
 * A TCP proxy in front of a server that does to connections what networks do: cuts them (with a reset, or
 * after some more bytes: truncated in the middle of a frame), holds their bytes back, and swallows them in
 * silence; and what they do not do: says all that a client says twice, over a connection of its own.
 */
class CuttingProxy : public QObject
{
    Q_OBJECT
public:
    explicit CuttingProxy(quint16 serverPort, QObject *parent = nullptr);
    ~CuttingProxy() override;

    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }
    [[nodiscard]] int connections() const { return static_cast<int>(m_pairs.size()); }
    [[nodiscard]] int accepted() const { return m_accepted; } ///< Since the beginning.

    [[nodiscard]] bool isDoomed(int index) const; ///< cutAfter() or swallow() will end it.
    void cutAll();
    void cut(int index);
    /** After \a bytes more from the server, which end up wherever they do. */
    void cutAfter(int index, qint64 bytes);
    /** Nothing passes in either direction any more, and nobody is told: a network gone away. */
    void swallow(int index);
    void hold(int index, int milliseconds); ///< From the server, once.
    /**
     * Of the connections to come, each \a nth that is a WebSocket: whatever its client sends goes to the
     * server a second time. (A poll said twice would take what the first one was to bring.)
     */
    void duplicateEach(int nth) { m_duplicateEach = nth; }
    [[nodiscard]] int duplicated() const { return m_duplicated; } ///< Since the beginning.
    void setAccepting(bool accepting); ///< false: connections are reset as they come.

private:
    struct Pair
    {
        QTcpSocket *client;
        QTcpSocket *server;
        bool toBeDoubled = false; ///< Should its first bytes show that it is a WebSocket.
        QTcpSocket *twin = nullptr; ///< To the server, too; what it answers is dropped.
        qint64 cutAfter = -1;
        bool swallowing = false;
        bool holding = false;
        bool ended = false;
    };
    void accept();
    void forward(Pair &pair, QTcpSocket *from, QTcpSocket *to);
    QTcpSocket *connectTwin();
    void end(Pair &pair, bool gently); ///< Gently: what was passed on still arrives.

    QTcpServer m_listener;
    quint16 m_serverPort;
    std::deque<std::shared_ptr<Pair>> m_pairs;
    int m_accepted = 0;
    int m_duplicateEach = 0;
    int m_duplicated = 0;
    bool m_accepting = true;
};

} // namespace dialogue::test
