#pragma once

#include "cli/base/session.h"

#include <QPointer>

#include <optional>
#include <vector>

namespace dialogue::cli {

/** What `dialogue trigger` was asked for. */
struct SendingOptions
{
    QString roomId;
    QString event;
    QList<JsonData> values; ///< Each is an event.
    MessageOptions message = {};
    int window = 1; ///< So many wait for the server's answer at a time.
    bool isJson = false;
};

/**
 * Sends events in their order, until all are answered or one cannot be applied; then no more is sent, and
 * what is on its way is waited for. A server that knows no acks is asked for something else from time to
 * time: with that answer it has read what went before.
 */
class Sending : public QObject
{
    Q_OBJECT
public:
    Sending(Session &session, SendingOptions options);

    void begin();
    /** What became of the events, by their numbers from 1; empty where the exit code says it all. */
    [[nodiscard]] QString summary() const;

private:
    enum class Fate : char {
        NotSent,
        Unknown, ///< Sent, and not answered.
        Read, ///< By a server that says no more.
        Applied,
        Refused,
    };

    void onJoined(const Result<RoomContext *> &room);
    void goOn();
    [[nodiscard]] bool maySend() const;
    void sendNext();
    void onReceipt(std::size_t index, const Result<TriggerReceipt> &receipt);
    void askForWord();
    void onWord(const Result<void> &word);
    void onStrayError(const Error &error);
    void stop(const Error &error, const QString &what = {});
    void showReceipt(const TriggerReceipt &receipt);

    [[nodiscard]] bool areAllSent() const { return m_sent == m_fates.size(); }
    [[nodiscard]] std::size_t count(Fate fate) const;
    [[nodiscard]] QString eventsWith(Fate fate) const;

    Session &m_session;
    const SendingOptions m_options;
    std::vector<Fate> m_fates; ///< One for each value.
    QPointer<RoomContext> m_room;
    std::size_t m_sent = 0;
    std::size_t m_answered = 0; ///< Of those; in any way.
    std::size_t m_unread = 0; ///< Sent to a server without acks since it gave word ...
    qsizetype m_unreadBytes = 0; ///< ... about.
    std::optional<ExitCode> m_stopped; ///< Nothing more is sent.
    bool m_isSending = false;
    bool m_isAsking = false;
    bool m_isHeard = true; ///< Whether anybody reads stdout.
};

} // namespace dialogue::cli
