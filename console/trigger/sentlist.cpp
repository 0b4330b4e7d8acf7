#include "console/trigger/sentlist.h"

#include "console/form/fieldvalues.h"
#include "console/look/wording.h"
#include "core/base/foreigntext.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int OutcomeColumn = 4;

} // namespace

SentList::SentList(QWidget *parent)
    : QWidget(parent)
    , m_list(new QTreeWidget)
    , m_use(new QPushButton(tr("&Use again")))
{
    m_list->setHeaderLabels({tr("Time"), tr("Room"), tr("Event"), tr("Times"), tr("Outcome"), tr("Data")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("What was sent"));
    m_list->header()->setStretchLastSection(true);
    m_use->setAutoDefault(false);
    m_use->setEnabled(false);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_list);
    column->addWidget(m_use, 0, Qt::AlignLeft);
    connect(m_list, &QTreeWidget::itemActivated, this, &SentList::choose);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem *item) { m_use->setEnabled(item); });
    connect(m_use, &QPushButton::clicked, this, &SentList::choose);
}

void SentList::setStore(TriggerStore *store)
{
    if (m_store)
        disconnect(m_store, nullptr, this, nullptr);
    m_store = store;
    connect(store, &TriggerStore::sentChanged, this, &SentList::list);
    list();
}

void SentList::list()
{
    m_list->clear();
    for (const TriggerStore::Sent &each : m_store->sent()) {
        const QString outcome = (each.isGood ? u"✓ "_s : u"✕ "_s) + each.outcome;
        auto *const item
            = new QTreeWidgetItem({timeText(each.time), printable(each.room), printable(each.trigger.event),
                                   numberText(each.times), outcome, labelOf(each.trigger.data)});
        item->setToolTip(OutcomeColumn, outcome.toHtmlEscaped());
        m_list->addTopLevelItem(item);
    }
    const int widest = m_list->fontMetrics().averageCharWidth() * 45;
    for (int column = 0; column + 1 < m_list->columnCount(); ++column) {
        m_list->resizeColumnToContents(column);
        m_list->setColumnWidth(column, std::min(m_list->columnWidth(column), widest));
    }
    m_use->setEnabled(false);
}

void SentList::choose()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row >= 0 && row < m_store->sent().size())
        Q_EMIT chosen(Trigger(m_store->sent()[row].trigger));
}

} // namespace dialogue::console
