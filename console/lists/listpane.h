#pragma once

#include "console/lists/listfeed.h"
#include "console/lists/livetable.h"
#include "console/look/listtable.h"

#include <memory>

class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace dialogue::console {

class Notice;
class SortedTableModel;

/**
 * A searched and sorted list of the server's: a line to search by, the table, and below it how much there is.
 * It asks the server while it is visible.
 */
class ListPane : public QWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QString name; ///< Of its settings.
        QString search; ///< In the search line while it is empty.
        QString empty; ///< There is nothing.
        QString emptyHint = {};
        QString nothingFound = {};
    };

    /** \a sorts: by which name the server sorts what stands in each column; empty: it does not. */
    ListPane(AdminConnection &connection, SortedTableModel &model, const ListQuery &query, Words words,
             QStringList sorts, QWidget *parent = nullptr);

    [[nodiscard]] ListTable &table() { return *m_table; }
    [[nodiscard]] ListFeed &feed() { return m_feed; }
    /** The rows that are to be seen are watched, too, and those of others asked for less often. */
    [[nodiscard]] LiveTable &watch(const AdminWatch::Kind &kind);
    [[nodiscard]] QHBoxLayout &bar() { return *m_bar; } ///< Behind the search line.
    [[nodiscard]] SortedTableModel &model() { return m_model; }
    /** Other rows than before. */
    void setQuery(const ListQuery &query);
    void search(const QString &text);
    /** Selects the row of \a id, now or as soon as it is there. */
    void select(const QString &id);
    void focusSearch();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void sortBy(int column, Qt::SortOrder order);
    void rowsChanged();
    void selectWanted();
    void tell();

    AdminConnection &m_connection;
    SortedTableModel &m_model;
    ListFeed m_feed;
    const Words m_words;
    const QStringList m_sorts;
    QLineEdit *m_search;
    QHBoxLayout *m_bar;
    ListTable *m_table;
    std::unique_ptr<LiveTable> m_live; ///< Null: its rows are not watched.
    Notice *m_notice;
    QLabel *m_footer;
    QString m_wantedId;
    Error m_error;
    qint64 m_total = -1; ///< It has not said yet.
};

} // namespace dialogue::console
