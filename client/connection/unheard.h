#pragma once

#include <QObject>

#include <memory>

namespace dialogue::client {

/**
 * Bytes that were told to handlers in other threads and wait in their event loops until they are heard.
 * Nobody bounds those; so they count as if they waited here.
 */
class Unheard : public QObject
{
    Q_OBJECT
public:
    Unheard();
    /** What is still held goes on being so, and tells nobody. */
    ~Unheard() override;

    /** \a bytes count until the last copy of what is given back is gone, in whichever thread. */
    [[nodiscard]] std::shared_ptr<void> hold(qint64 bytes);
    [[nodiscard]] qint64 bytes() const;

Q_SIGNALS:
    /** Some were heard in another thread. From the event loop. */
    void heard();

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

} // namespace dialogue::client
