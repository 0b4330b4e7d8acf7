#pragma once

#include <QLabel>
#include <QPlainTextEdit>
#include <QWidget>

class QPushButton;

namespace chat {

/** Where one writes. Enter sends, Shift+Enter begins a new line; the field grows with what is in it. */
class Composer : public QWidget
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);

    [[nodiscard]] QString text() const { return m_field->toPlainText(); }
    void setText(const QString &text);
    void setPlaceholder(const QString &text);
    /** Whether what is written is too long to be sent, by \a characters; 0: it is not. Say so on edited(). */
    void setTooLong(qsizetype characters);

Q_SIGNALS:
    void sendWanted(const QString &text);
    void edited(const QString &text); ///< By the user.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void send();
    void fit();
    [[nodiscard]] bool canSend() const;

    QPlainTextEdit *m_field;
    QPushButton *m_send;
    QLabel *m_excess; ///< Why it cannot be sent.
    bool m_isTooLong = false;
};

} // namespace chat
