#include "console/lists/roomrates.h"

#include <utility>

namespace dialogue::console {

namespace {

constexpr qint64 ShortestMs = 500; // Below it chance decides.

} // namespace

double RoomRates::take(const QString &id, qint64 offset, qint64 now)
{
    const auto known = m_last.find(id);
    if (known == m_last.end() || offset < known->offset) {
        m_last.insert(id, {offset, now, 0});
        return 0;
    }
    known->isNew = true;
    const qint64 passed = now - known->time;
    if (passed < ShortestMs)
        return known->rate;
    *known = {offset, now, double(offset - known->offset) * 1000 / double(passed)};
    return known->rate;
}

void RoomRates::forgetOthers()
{
    m_last.removeIf([](auto each) { return !std::exchange(each->isNew, false); });
}

} // namespace dialogue::console
