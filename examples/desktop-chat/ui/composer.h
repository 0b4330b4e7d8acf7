#pragma once

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

    QPlainTextEdit *m_field;
    QPushButton *m_send;
};

} // namespace chat
