#pragma once

#include "core/filter/filter.h"

#include <QLineEdit>

#include <functional>

class QCompleter;
class QLabel;
class QStandardItemModel;

namespace dialogue::console {

struct FilterVocabulary;

/** A line for a filter (docs/filter.md), which says what is wrong while somebody writes, and what may come
 * where the cursor stands. Ctrl+Space asks for that, too. */
class FilterEdit : public QLineEdit
{
    Q_OBJECT
public:
    using Vocabulary = std::function<FilterVocabulary()>;

    explicit FilterEdit(Vocabulary vocabulary, QWidget *parent = nullptr);

    /** Else it is a line for any text. */
    void setIsFilter(bool isFilter);
    [[nodiscard]] bool isFilter() const { return m_isFilter; }

    [[nodiscard]] bool isRight() const { return m_fault.isEmpty(); }
    [[nodiscard]] const QString &fault() const { return m_fault; } ///< With its column.
    /** It may become right by writing on. */
    [[nodiscard]] bool isUnfinished() const { return m_isUnfinished; }
    [[nodiscard]] const Filter &filter() const { return m_filter; } ///< The last one that was right.

    /** Says in \a label what is wrong, as that changes. */
    void tellIn(QLabel &label);

Q_SIGNALS:
    void checked(); ///< After each change of the text.

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void check();
    void suggest();
    void complete(int row);

    Vocabulary m_vocabulary;
    bool m_isFilter = true;
    QString m_fault;
    bool m_isUnfinished = false;
    Filter m_filter;
    QCompleter *m_completer;
    QStandardItemModel *m_suggestions;
};

} // namespace dialogue::console
