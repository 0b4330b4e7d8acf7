#pragma once

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace dialogue::console {

/** Asks for the password of an account, and whether it is to be kept. */
class PasswordDialog : public QDialog
{
    Q_OBJECT
public:
    /** \a problem: what was wrong with the last one, if it was. */
    PasswordDialog(const QString &profile, const QString &account, const QString &problem,
                   QWidget *parent = nullptr);

    [[nodiscard]] QString password() const;
    [[nodiscard]] bool isToBeKept() const;

private:
    QLineEdit *m_password;
    QCheckBox *m_keep;
};

} // namespace dialogue::console
