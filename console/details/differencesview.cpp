#include "console/details/differencesview.h"

#include "console/look/notice.h"
#include "console/look/tones.h"
#include "console/look/wording.h"

#include "core/base/foreigntext.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace dialogue::console {

namespace {

QString nameOf(const EventFacts &event)
{
    QString text = timeText(event.time);
    if (event.offset >= 0)
        text += DifferencesView::tr(" (offset %1)").arg(numberText(event.offset));
    return text;
}

} // namespace

void ChangeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    Tone tone = Tone::Accent;
    switch (JsonChange::Kind(index.data().toInt())) {
    case JsonChange::Kind::Added:
        option->text = tr("+ added");
        tone = Tone::Good;
        break;
    case JsonChange::Kind::Removed:
        option->text = tr("\u2212 removed");
        tone = Tone::Bad;
        break;
    case JsonChange::Kind::Changed:
        option->text = tr("\u2260 changed");
        break;
    }
    option->palette.setColor(QPalette::Text, toneColor(tone, option->palette));
    option->displayAlignment = Qt::AlignVCenter | Qt::AlignLeading;
}

DifferencesView::DifferencesView(QWidget *parent)
    : QWidget(parent)
    , m_model(new DifferencesModel(this))
    , m_with(new QLabel)
{
    auto *const table = new QTableView;
    table->setModel(m_model);
    table->setItemDelegateForColumn(DifferencesModel::Kind, new ChangeDelegate(table));
    table->setAccessibleName(tr("Differences"));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    const int character = table->fontMetrics().averageCharWidth();
    table->setColumnWidth(DifferencesModel::Kind, character * 14);
    table->setColumnWidth(DifferencesModel::Pointer, character * 28);
    table->setColumnWidth(DifferencesModel::Before, character * 36);
    m_with->setTextFormat(Qt::PlainText);
    m_with->setWordWrap(true);
    m_notice = new Notice(table);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_with);
    column->addWidget(m_notice, 1);
}

void DifferencesView::compare(const std::optional<EventFacts> &before, const EventFacts &after)
{
    m_with->setVisible(before.has_value());
    if (!before || !before->hasData() || !after.hasData()) {
        m_model->setChanges({});
        m_notice->tell(tr("Nothing to compare with"),
                       before
                           ? tr("What one of the two says is not here.")
                           : tr("There is no earlier event of this name in this room. Select two events to "
                                "compare those."));
        return;
    }
    m_with->setText(tr("From \u201c%1\u201d in %2, %3, to %4")
                        .arg(printable(before->event.left(100)), printable(before->room.left(100)),
                             nameOf(*before), nameOf(after)));
    m_model->setChanges(changesBetween(before->data, after.data));
    if (m_model->rowCount() == 0)
        return m_notice->tell(tr("They say the same"), {});
    m_notice->showContent();
    if (m_model->hasMore())
        m_with->setText(m_with->text() + tr(": the first %1 differences").arg(numberText(JsonChanges::Most)));
}

} // namespace dialogue::console
