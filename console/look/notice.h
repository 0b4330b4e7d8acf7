#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedLayout;

namespace dialogue::console {

/** What stands in place of a table or a chart that has nothing to show: why, and what may be done. */
class Notice : public QWidget
{
    Q_OBJECT
public:
    /** \a content is shown unless tell() has said otherwise. */
    explicit Notice(QWidget *content, QWidget *parent = nullptr);

    /** In place of the content: a title and, below it, a sentence or two; \a action, where it is not empty,
     * is a button. */
    void tell(const QString &title, const QString &text, const QString &action = {});
    void showContent();
    [[nodiscard]] bool isTelling() const;

Q_SIGNALS:
    void actionTriggered();

private:
    QStackedLayout *m_layout;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_action;
};

} // namespace dialogue::console
