#include "console/overview/overviewpage.h"

#include "console/charts/chartplot.h"
#include "console/charts/timechart.h"
#include "console/look/notice.h"
#include "console/look/tones.h"
#include "console/look/wording.h"
#include "console/overview/overviewcharts.h"
#include "console/overview/overviewtiles.h"
#include "core/base/foreigntext.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int FirstRange = 15 * 60;
constexpr int LongestForeignText = 80;

QString shownOf(const QString &text)
{
    const QString shown = printable(text.left(LongestForeignText));
    return text.size() > LongestForeignText ? shown + u"…"_s : shown;
}

} // namespace

OverviewPage::OverviewPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_feed(connection)
    , m_server(new QLabel)
    , m_remark(new QLabel)
    , m_tiles(new OverviewTiles)
    , m_charts(new OverviewCharts)
    , m_scroll(new QScrollArea)
    , m_seconds(FirstRange)
{
    setWindowTitle(tr("Overview"));
    auto *const scrolled = new QWidget;
    auto *const figures = new QVBoxLayout(scrolled);
    figures->setContentsMargins(10, 2, 10, 10);
    figures->setSpacing(8);
    figures->addWidget(m_tiles);
    figures->addWidget(m_charts);
    figures->addStretch(1);
    m_scroll->setWidget(scrolled);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);

    m_remark->setTextFormat(Qt::PlainText);
    m_remark->setWordWrap(true);
    m_remark->setContentsMargins(10, 0, 10, 4);
    m_remark->hide();
    auto *const content = new QWidget;
    auto *const column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(4);
    column->addWidget(makeHead());
    column->addWidget(m_remark);
    column->addWidget(m_scroll, 1);
    m_notice = new Notice(content);
    auto *const whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_notice);

    connect(m_tiles, &OverviewTiles::wanted, this, &Page::wanted);
    connect(m_tiles, &OverviewTiles::chartWanted, this, &OverviewPage::showChart);
    connect(&m_connection, &AdminConnection::stateChanged, this, &OverviewPage::tellState);
    connect(&m_connection, &AdminConnection::problemChanged, this, &OverviewPage::tellState);
    connect(&m_feed, &FiguresFeed::failed, this, [this](const Error &error) {
        m_failure = error.message;
        tellState();
    });
    connect(&m_feed, &FiguresFeed::changed, this, [this] {
        if (!std::exchange(m_failure, {}).isEmpty())
            tellState();
        showFigures();
    });
    tellState();
}

QWidget *OverviewPage::makeHead()
{
    auto *const head = new QWidget;
    auto *const row = new QHBoxLayout(head);
    row->setContentsMargins(10, 8, 10, 0);
    row->setSpacing(4);
    m_server->setTextFormat(Qt::PlainText);
    m_server->setWordWrap(true);
    m_server->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_server->setAccessibleName(tr("Server"));
    row->addWidget(m_server, 1);
    row->addSpacing(8);
    auto *const group = new QActionGroup(this);
    addRange(5 * 60, tr("Figures of 5 minutes"), tr("5 min"));
    addRange(15 * 60, tr("Figures of 15 minutes"), tr("15 min"));
    addRange(60 * 60, tr("Figures of an hour"), tr("1 h"));
    addRange(6 * 60 * 60, tr("Figures of 6 hours"), tr("6 h"));
    addRange(24 * 60 * 60, tr("Figures of a day"), tr("24 h"));
    const QList<QAction *> ranges = actions();
    for (QAction *const range : ranges) {
        group->addAction(range);
        auto *const button = new QToolButton;
        button->setDefaultAction(range);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setAccessibleName(range->text());
        row->addWidget(button, 0, Qt::AlignTop);
    }
    return head;
}

void OverviewPage::addRange(int seconds, const QString &text, const QString &name)
{
    auto *const range = new QAction(text, this);
    range->setIconText(name);
    range->setCheckable(true);
    range->setChecked(seconds == m_seconds);
    const auto mark = [range](bool isChosen) { // To be seen without its colour.
        QFont font = range->font();
        font.setBold(isChosen);
        range->setFont(font);
    };
    connect(range, &QAction::toggled, range, mark);
    mark(range->isChecked());
    connect(range, &QAction::triggered, this, [this, seconds] {
        m_seconds = seconds;
        showFigures();
    });
    addAction(range);
}

void OverviewPage::tellState()
{
    using S = AdminConnection::State;
    const S state = m_connection.state();
    const Hello &hello = m_connection.hello();
    const QString problem = m_connection.problem().kind == ConnectionFailure::Kind::Closed
        ? QString()
        : shownOf(m_connection.problem().text());
    if (m_connection.isIn() && !hello.may(u"look")) {
        m_notice->tell(tr("Not permitted to this account"),
                       tr("To see the figures of the server it needs the permission “look”."));
        return;
    }
    if (!m_connection.isIn() && m_feed.log().isEmpty()) {
        m_notice->tell(state == S::Offline ? tr("Not connected") : tr("Connecting …"), problem);
        return;
    }
    m_notice->showContent();
    QStringList parts;
    if (!hello.node.isEmpty())
        parts.append(shownOf(hello.node));
    parts.append(tr("version %1").arg(shownOf(hello.version)));
    parts.append(tr("run %1").arg(shownOf(hello.run)));
    parts.append(tr("as %1 (%2)").arg(shownOf(hello.account), shownOf(hello.role)));
    m_server->setText(parts.join(u" · "_s));

    QString remark;
    const qint64 newest = m_feed.log().newestTime(FiguresLog::Resolution::Fine);
    if (!m_connection.isIn())
        remark = (state == S::Offline && problem.isEmpty() ? tr("Not connected.")
                                                           : tr("The connection is lost."))
            + u' ' + tr("These figures are of before, up to %1.").arg(dateTimeText(newest))
            + (problem.isEmpty() ? QString() : u' ' + problem);
    else if (!m_failure.isEmpty())
        remark = tr("The server does not tell its figures: %1").arg(shownOf(m_failure));
    m_remark->setText(remark.isEmpty() ? remark : u"▲ "_s + remark);
    m_remark->setVisible(!remark.isEmpty());
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, toneColor(Tone::Warning, palette()));
    m_remark->setPalette(warning);
    showFigures();
}

void OverviewPage::showFigures()
{
    if (!isVisible())
        return;
    m_tiles->setFigures(m_feed.log(), m_connection.isIn());
    m_charts->setFigures(m_feed.log(), m_seconds, m_connection.isIn());
}

void OverviewPage::showChart(const QString &series)
{
    if (TimeChart *const chart = m_charts->chartOf(series)) {
        m_scroll->ensureWidgetVisible(chart);
        chart->plot()->setFocus(Qt::OtherFocusReason);
    }
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_feed.start();
    tellState();
}

void OverviewPage::hideEvent(QHideEvent *event)
{
    m_feed.stop();
    Page::hideEvent(event);
}

void OverviewPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        tellState();
    Page::changeEvent(event);
}

} // namespace dialogue::console
