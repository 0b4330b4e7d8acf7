#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace dialogue {

class HubParts;
class Namespaces;
class OpenResponses;

/** The time between a stop and the end: nothing new is taken, and what was asked already is waited for. */
class Drain final : public QObject
{
    Q_OBJECT
public:
    /** \a timeout: 0 waits for nothing. */
    Drain(HubParts &parts, Namespaces &namespaces, OpenResponses &responses,
          std::chrono::milliseconds timeout);

    /** Who asks from here on is told SERVER_DRAINING. False: there is nothing to wait for; else over() comes.
     */
    [[nodiscard]] bool begin();
    /** What still waits is told so, too; over() does not come any more. */
    void end();

Q_SIGNALS:
    /** All is answered, or it took too long. */
    void over();

private:
    [[nodiscard]] bool isIdle() const;

    HubParts &m_parts;
    Namespaces &m_namespaces;
    OpenResponses &m_responses;
    const std::chrono::milliseconds m_timeout;
    QTimer m_timer;
};

} // namespace dialogue
