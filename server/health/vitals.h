#pragma once

#include <QList>

#include <atomic>
#include <chrono>

namespace dialogue {

/** Why a server should be sent nobody. */
enum class Unready {
    NotListening,
    Stuck, ///< The hub has not turned for Vitals::Patience.
    NotStoring, ///< What is said cannot be stored now.
    Draining,
};

/** How the hub is: said by it, and asked in any thread, so that one that is stuck is seen. */
class Vitals
{
public:
    using Clock = std::chrono::steady_clock;
    using Now = Clock::time_point (*)();
    static constexpr std::chrono::seconds Patience{5};

    explicit Vitals(Now now = &Clock::now);

    // The hub
    void turned();
    void setListening(bool listens) { m_isListening = listens; }
    void setStoring(bool stores) { m_isStoring = stores; }
    void setDraining() { m_isDraining = true; }

    // Any thread
    [[nodiscard]] bool isTurning() const;
    [[nodiscard]] QList<Unready> reasons() const; ///< None: it is ready.

private:
    const Now m_now;
    std::atomic<Clock::rep> m_turned;
    std::atomic<bool> m_isListening = false;
    std::atomic<bool> m_isStoring = true;
    std::atomic<bool> m_isDraining = false;
};

} // namespace dialogue
