#pragma once

#include <QObject>

#include <optional>

namespace dialogue::console {

/** The time that somebody looks at, in all charts of a page at once. */
class Crosshair : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /** Milliseconds since the Unix epoch; nothing: the newest. */
    [[nodiscard]] const std::optional<qint64> &time() const { return m_time; }
    void setTime(std::optional<qint64> time)
    {
        if (m_time == time)
            return;
        m_time = time;
        Q_EMIT moved();
    }

Q_SIGNALS:
    void moved();

private:
    std::optional<qint64> m_time;
};

} // namespace dialogue::console
