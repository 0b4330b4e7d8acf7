#pragma once

#include "server/health/vitals.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

namespace dialogue {

/** Says each second that the hub turns; made and destroyed there. */
class Pulse
{
public:
    /** \a stores: what is said can be stored now. */
    Pulse(std::shared_ptr<Vitals> vitals, std::function<bool()> stores)
        : m_vitals(std::move(vitals))
        , m_stores(std::move(stores))
    {
        m_timer.callOnTimeout(&m_timer, [this] { beat(); });
    }

    void start()
    {
        beat();
        m_timer.start(std::chrono::seconds(1));
    }

private:
    void beat()
    {
        m_vitals->setStoring(m_stores());
        m_vitals->turned();
    }

    const std::shared_ptr<Vitals> m_vitals;
    const std::function<bool()> m_stores;
    QTimer m_timer;
};

} // namespace dialogue
