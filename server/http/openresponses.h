#pragma once

#include <QObject>

#include <memory>

namespace dialogue {

/** Requests of HTTP whose routes have yet to answer. Lives in the hub's thread. */
class OpenResponses : public QObject
{
    Q_OBJECT
public:
    /** One more, until what is given back goes; it may outlive this. */
    [[nodiscard]] std::shared_ptr<void> open();
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] bool isIdle() const { return m_count == 0; }

Q_SIGNALS:
    void idle(); ///< isIdle() has come to be true.

private:
    void closed();

    int m_count = 0;
};

} // namespace dialogue
