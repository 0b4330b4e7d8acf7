#pragma once

#include "console/connection/eventwatch.h"
#include "console/events/filteredit.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace dialogue::console {

/** What is to be watched: rooms, events, a filter that the server applies, and whether what they say is
 * wanted. */
class ScopeBar : public QWidget
{
    Q_OBJECT
public:
    explicit ScopeBar(FilterEdit::Vocabulary vocabulary, QWidget *parent = nullptr);

    [[nodiscard]] EventScope scope() const;
    void setScope(const EventScope &scope);
    [[nodiscard]] FilterEdit &filter() { return *m_filter; }

    /** What the account may: without it the boxes say why they are off. */
    void setPermissions(bool seePayloads, bool audit);
    /** Whether it can be started at all, and what is watched now. */
    void setState(bool canStart, bool isWanted, const EventScope &watched);
    /** What the server will not, and why; empty: nothing. */
    void tellRefusal(const QString &text);

    /** Starts, or changes what is watched; nothing where the filter is wrong. */
    void apply();

Q_SIGNALS:
    void startRequested(const dialogue::console::EventScope &scope);
    void stopRequested();

private:
    void update();

    QLineEdit *m_rooms;
    QLineEdit *m_events;
    FilterEdit *m_filter;
    QCheckBox *m_payload;
    QCheckBox *m_unredacted;
    QPushButton *m_start;
    QPushButton *m_stop;
    QLabel *m_fault;
    QLabel *m_audit;
    QLabel *m_refusal;
    bool m_maySeePayloads = false;
    bool m_mayAudit = false;
    bool m_canStart = false;
    bool m_isWanted = false;
    EventScope m_watched;
};

} // namespace dialogue::console
