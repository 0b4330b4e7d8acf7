#pragma once

#include "console/connection/eventwatch.h"
#include "console/details/eventfacts.h"
#include "console/events/eventexporter.h"
#include "console/events/eventvocabulary.h"
#include "console/events/rowlook.h"
#include "console/events/scopebar.h"
#include "console/look/page.h"
#include "console/model/eventmodel.h"
#include "console/model/filteredeventmodel.h"
#include "console/why/whyquestion.h"

#include <QJsonValue>

class QSplitter;

namespace dialogue::console {

class EventCommands;
class EventDetails;
class EventStatus;
class EventTable;
class ExportBar;
class NarrowBar;
class Notice;
class SearchBar;

/** Live events: what is watched, the table of what came, and what one of them says. Nothing is watched until
 * somebody asks for it; then it goes on while the page is not seen. */
class EventsPage : public Page
{
    Q_OBJECT
public:
    /** \a connection must outlive it. */
    explicit EventsPage(AdminConnection &connection, QWidget *parent = nullptr);
    ~EventsPage() override;

    /** Watches the room whose id \a place has. */
    void go(const Place &place) override;

    /** Of what is shown, or of the selection in it, to \a path. */
    void exportTo(const QString &path, ExportFormat format, bool selectionAlone);

    [[nodiscard]] EventModel &model() { return m_model; }
    [[nodiscard]] FilteredEventModel &shown() { return m_shown; }
    [[nodiscard]] EventTable &table() { return *m_table; }
    [[nodiscard]] ScopeBar &scope() { return *m_scope; }
    [[nodiscard]] EventCommands &commands() { return *m_commands; }

Q_SIGNALS:
    /** Another one like this is to be triggered; \a data is null where it is not known. */
    void triggerWanted(const QString &room, const QString &event, const QJsonValue &data);
    /** Somebody did not get this one. */
    void whyWanted(const dialogue::console::WhyQuestion &question);

private:
    void layOut();
    void connectWatch();
    void connectRows();
    void connectCommands();

    void start(const EventScope &scope);
    void take(const EventBatch &batch);
    void tellState();
    void tellRows();
    void tellNotice();
    void narrow();

    // What is done with rows: eventspagerows.cpp
    void showMenu(const QPoint &place);
    void showColumnMenu(const QPoint &place);
    void keepColumns() const;
    void addColumn(const QString &pointer);
    void filterBy(const QString &term);
    void copy();
    void triggerAgain();
    void askWhy();
    void askForExport(bool selectionAlone);
    void askForMark();
    void goToMark(bool isNext);
    void editColours();
    void showDetails();
    [[nodiscard]] std::optional<EventFacts> factsAt(quint64 seq) const;
    void tell(const QString &text);

    AdminConnection &m_connection;
    EventWatch m_watch;
    EventModel m_model;
    FilteredEventModel m_shown;
    EventVocabulary m_vocabulary;
    RowLook m_look;
    EventCommands *m_commands;
    ScopeBar *m_scope;
    NarrowBar *m_narrow;
    EventTable *m_table;
    Notice *m_notice;
    SearchBar *m_search;
    ExportBar *m_export;
    EventStatus *m_status;
    EventDetails *m_details;
    QSplitter *m_splitter;
    std::optional<EventScope> m_next; ///< To be started when we are in.
};

} // namespace dialogue::console
