#include "bench/console/lists.h"

#include "bench/console/turns.h"
#include "console/model/roomlistmodel.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>
#include <cstdio>
#include <functional>

namespace dialogue::bench {

using namespace Qt::StringLiterals;
using console::RoomListModel;
using console::RoomRow;

namespace {

/** Different with each \a round. */
RoomRow room(int number, int round)
{
    const int mixed = int((quint64(number) * 2'654'435'761U + quint64(round) * 40'503U) % 100'003U);
    return {.id = u"auction-%1"_s.arg(number),
            .name = u"Auction of lot %1"_s.arg(mixed),
            .size = mixed % 500,
            .eventsPerSecond = mixed / 10.0,
            .lastOffset = mixed + round,
            .keptBytes = qint64(mixed) * 17};
}

/** CPU of \a step and of what the view does for it. */
void measureStep(const QString &what, const std::function<void()> &step)
{
    const qint64 begin = threadMicroseconds();
    step();
    QCoreApplication::processEvents();
    std::printf("| %s | %.1f |\n", qPrintable(what), double(threadMicroseconds() - begin) / 1000);
}

} // namespace

void measureLists(int rooms)
{
    constexpr int Page = 500; // The most that a server hands out at once.
    RoomListModel model;
    QTableView view;
    view.setModel(&model);
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.resize(1200, 800);
    view.show();
    model.sort(RoomListModel::Events, Qt::DescendingOrder);
    QCoreApplication::processEvents();
    const auto set = [&](int from, int to, int round) {
        for (int i = from; i < to; ++i)
            model.set(room(i, round));
        model.flush();
    };
    std::printf("| %d rooms | CPU of the GUI thread, ms |\n|---|---|\n", rooms);
    measureStep(u"the first page, which is shown"_s, [&] { set(0, std::min(Page, rooms), 0); });
    qint64 longest = 0;
    measureStep(u"all other pages, one by one"_s, [&] {
        for (int from = Page; from < rooms; from += Page) {
            const qint64 begin = threadMicroseconds();
            set(from, std::min(from + Page, rooms), 0);
            QCoreApplication::processEvents();
            longest = std::max(longest, threadMicroseconds() - begin);
        }
    });
    std::printf("| the longest of them | %.1f |\n", double(longest) / 1000);
    measureStep(u"100 rooms that changed"_s, [&] { set(0, std::min(100, rooms), 1); });
    measureStep(u"10,000 rooms that changed"_s, [&] { set(0, std::min(10'000, rooms), 2); });
    measureStep(u"sorted by a number"_s, [&] { model.sort(RoomListModel::KeptBytes); });
    measureStep(u"sorted by a text"_s, [&] { model.sort(RoomListModel::Name); });
    measureStep(u"searched"_s, [&] { model.setSearch(u"lot 77"_s); });
    measureStep(u"all again"_s, [&] { model.setSearch({}); });
}

} // namespace dialogue::bench
