#pragma once

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace chat {

/** Who else is writing just now. Whoever falls silent is forgotten after a while: nobody is told of a crash.
 */
class TypingPeople : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxPeople = 20;

    explicit TypingPeople(std::chrono::milliseconds lasts = std::chrono::seconds(5),
                          QObject *parent = nullptr);

    void set(const QString &userId, bool isTyping);
    void clear();
    /** "Ann is typing…", "Ann and Bea are typing…", "3 people are typing…", or nothing. */
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void changed();

private:
    void forgetSilent();

    const std::chrono::milliseconds m_lasts;
    QHash<QString, QDeadlineTimer> m_people;
    QTimer m_timer;
};

} // namespace chat
