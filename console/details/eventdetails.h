#pragma once

#include "console/details/eventfacts.h"

#include "core/schema/schema.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QTabWidget;

namespace dialogue::console {

class BytesModel;
class DifferencesView;
class FactsView;
class JsonTreeView;
class Notice;
class RawView;

/** One event: what is known of it, and what it says as a tree, as text, byte by byte, and compared with
 * another. A tab is filled when it is looked at. */
class EventDetails : public QWidget
{
    Q_OBJECT
public:
    struct Shown
    {
        EventFacts event = {};
        std::optional<EventFacts> before = {}; ///< What it is compared with.
        std::optional<Schema> schema = {}; ///< Of its data, where one is known.
    };

    explicit EventDetails(QWidget *parent = nullptr);

    void display(const Shown &shown);
    void displayNothing();

Q_SIGNALS:
    void columnWanted(const QString &pointer);
    void filterWanted(const QString &term);

private:
    enum Tab { Tree, Raw, Hex, Differences, TabCount };

    void fillCurrent();
    void fillTree();
    void tellSchema(const QList<SchemaFault> &faults);

    Shown m_shown;
    std::array<bool, TabCount> m_isFilled = {};
    Notice *m_notice;
    FactsView *m_facts;
    QTabWidget *m_tabs;
    QLabel *m_schema;
    Notice *m_treeNotice;
    JsonTreeView *m_tree;
    RawView *m_raw;
    BytesModel *m_bytes;
    DifferencesView *m_differences;
};

} // namespace dialogue::console
