#include "console/charts/timechart.h"

#include "console/charts/card.h"
#include "console/charts/chartplot.h"
#include "console/charts/columnslayout.h"
#include "console/charts/crosshair.h"
#include "console/charts/legend.h"
#include "console/charts/linestyle.h"
#include "console/look/tones.h"

#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

TimeChart::TimeChart(const QString &title, const QStringList &names, ChartUnit unit, Crosshair &crosshair,
                     QWidget *parent)
    : QWidget(parent)
    , m_crosshair(crosshair)
    , m_title(new QLabel(title))
    , m_time(new QLabel)
    , m_plot(new ChartPlot(names, unit, crosshair))
{
    Q_ASSERT(names.size() <= MostLines);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel *const label : {m_title, m_time})
        label->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_plot->setAccessibleName(title);
    setAccessibleName(title);

    auto *const head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_time, 0, Qt::AlignTop);
    auto *const entries = new ColumnsLayout({.isFilling = false});
    entries->setContentsMargins({});
    entries->setSpacing(8);
    for (int i = 0; i < int(names.size()); ++i) {
        auto *const entry = new LegendEntry(i, names.at(i), names.size() == 1);
        connect(entry, &LegendEntry::toggled, m_plot,
                [plot = m_plot, i](bool isShown) { plot->setShown(i, isShown); });
        entries->addWidget(entry);
        m_legend.push_back(entry);
    }
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_plot, 1);
    column->addLayout(entries);
    connect(&crosshair, &Crosshair::moved, this, &TimeChart::tellValues);
    colorTexts();
    tellValues();
}

void TimeChart::setData(ChartData data)
{
    for (std::size_t i = 0; i < m_legend.size(); ++i)
        m_legend[i]->setEnabled(i >= data.lines.size() || data.lines[i].isTold);
    m_plot->setData(std::move(data));
    tellValues();
}

void TimeChart::setFaded(bool isFaded)
{
    m_plot->setFaded(isFaded);
    for (LegendEntry *const entry : m_legend)
        entry->setFaded(isFaded);
}

void TimeChart::tellValues()
{
    for (int i = 0; i < int(m_legend.size()); ++i) {
        LegendEntry *const entry = m_legend[std::size_t(i)];
        entry->setValue(entry->isEnabled() ? m_plot->textOf(i) : tr("not told by this server"));
    }
    const std::optional<qint64> &time = m_crosshair.time();
    m_time->setText(time ? QDateTime::fromMSecsSinceEpoch(*time).toString(u"HH:mm:ss"_s) : QString());
}

void TimeChart::colorTexts()
{
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, toneColor(Tone::Quiet, palette()));
    m_time->setPalette(quiet);
    QPalette title = palette();
    title.setColor(QPalette::WindowText, palette().color(QPalette::Text));
    m_title->setPalette(title);
}

void TimeChart::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintCard(painter, rect(), palette().color(QPalette::Base), faint(palette(), 0.2));
}

void TimeChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colorTexts();
    QWidget::changeEvent(event);
}

} // namespace dialogue::console
