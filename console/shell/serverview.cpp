#include "console/shell/serverview.h"

#include "console/errors/errorspage.h"
#include "console/events/eventspage.h"
#include "console/lists/auditpage.h"
#include "console/lists/clientspage.h"
#include "console/lists/roomspage.h"
#include "console/lists/sanctionspage.h"
#include "console/overview/overviewpage.h"
#include "console/shell/connectionbar.h"
#include "console/trigger/triggerdialog.h"
#include "console/why/whydialog.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <utility>

namespace dialogue::console {

namespace {

/** Leaves some space before the name of a page. */
class PageNameDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text.prepend(QStringLiteral("  "));
    }
};

} // namespace

ServerView::ServerView(const Profile &profile, ClientConfig config, QWidget *parent)
    : QWidget(parent)
    , m_profile(profile)
    , m_connection(std::move(config))
    , m_bar(new ConnectionBar(m_connection, profile))
    , m_names(new QListWidget)
    , m_stack(new QStackedWidget)
{
    m_names->setAccessibleName(tr("Pages"));
    m_names->setItemDelegate(new PageNameDelegate(m_names));
    m_names->setFrameShape(QFrame::NoFrame);
    m_names->setFixedWidth(fontMetrics().averageCharWidth() * 20);
    auto *const row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_names);
    row->addWidget(m_stack, 1);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addLayout(row, 1);

    addPage(Place::Page::Overview, new OverviewPage(m_connection));
    auto *const rooms = new RoomsPage(m_connection);
    addPage(Place::Page::Rooms, rooms);
    addPage(Place::Page::Clients, new ClientsPage(m_connection));
    auto *const events = new EventsPage(m_connection);
    addPage(Place::Page::Events, events);
    addPage(Place::Page::Audit, new AuditPage(m_connection));
    addPage(Place::Page::Errors, new ErrorsPage(m_connection));
    addPage(Place::Page::Sanctions, new SanctionsPage(m_connection));
    connect(rooms, &RoomsPage::triggerWanted, this, [this](const QString &room) { trigger(room); });
    connect(events, &EventsPage::triggerWanted, this, &ServerView::trigger);
    connect(events, &EventsPage::whyWanted, this, &ServerView::askWhy);
    connect(m_names, &QListWidget::currentRowChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        Q_EMIT pageChanged();
    });
    connect(m_bar, &ConnectionBar::passwordWanted, this,
            [this] { Q_EMIT passwordWanted(m_connection.problem().text()); });
    m_names->setCurrentRow(0);
    m_connection.open();
}

ServerView::~ServerView()
{
    // Pages ask the connection until they are gone.
    delete std::exchange(m_stack, nullptr);
    delete std::exchange(m_bar, nullptr);
}

void ServerView::addPage(Place::Page which, Page *page)
{
    page->setPhrase(m_profile.phrase());
    m_places.insert(which, m_stack->addWidget(page));
    auto *const item = new QListWidgetItem(page->windowTitle(), m_names);
    item->setSizeHint({0, fontMetrics().height() * 2});
    connect(page, &Page::wanted, this, &ServerView::go);
}

void ServerView::trigger(const QString &room, const QString &event, const QJsonValue &data)
{
    auto *const dialog = new TriggerDialog(m_connection, room, m_stack); // It goes with the pages.
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setConfirmation(m_profile.phrase());
    if (!event.isEmpty())
        dialog->fill(event, data);
    dialog->show();
}

void ServerView::askWhy(const WhyQuestion &question)
{
    auto *const dialog = new WhyDialog(m_connection, question, m_stack);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &WhyDialog::wanted, this, &ServerView::go);
    dialog->show();
}

Page &ServerView::currentPage() const { return *static_cast<Page *>(m_stack->currentWidget()); }

QList<Page *> ServerView::pages() const
{
    QList<Page *> all;
    for (int i = 0; i < m_stack->count(); ++i)
        all.append(static_cast<Page *>(m_stack->widget(i)));
    return all;
}

void ServerView::showPage(int index) { m_names->setCurrentRow(index); }

void ServerView::go(const Place &place)
{
    const auto index = m_places.constFind(place.page);
    if (index == m_places.cend())
        return;
    m_names->setCurrentRow(*index);
    currentPage().go(place);
    currentPage().setFocus();
}

} // namespace dialogue::console
