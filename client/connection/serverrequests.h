#pragma once

#include "core/base/answer.h"
#include "core/base/exceptions.h"
#include "core/event/eventmessage.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace dialogue::client {

/** What the application answers where the server asks: by name, each once, now or later. */
class ServerRequests : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<Answer<QJsonValue>(const EventMessage &asked)>;
    using Done = std::function<void(const Result<QJsonValue> &)>;

    /** \a most: answers that may be waited for. What handlers throw goes to \a exceptions. */
    ServerRequests(int most, std::shared_ptr<ExceptionLog> exceptions, QObject *parent = nullptr);

    /** As long as \a context lives; in place of an earlier one of that name. None: nobody answers it. */
    void setHandler(const QString &name, QObject *context, Handler handler);
    [[nodiscard]] bool answers(const QString &name) const;
    /** \a done is called within this call or from the event loop; never after abandon(). The handler may
     * delete this. */
    void ask(const EventMessage &asked, Done done);
    /** Nobody waits for what is not answered yet. */
    void abandon();

private:
    struct Entry
    {
        QPointer<QObject> context;
        Handler handler;
    };
    void finished(QObject *watcher);

    const int m_most;
    std::shared_ptr<ExceptionLog> m_exceptions;
    QHash<QString, Entry> m_entries;
    QList<QObject *> m_watchers; ///< Of what is waited for.
};

} // namespace dialogue::client
