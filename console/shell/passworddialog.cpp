#include "console/shell/passworddialog.h"

#include "console/look/tonedlabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace dialogue::console {

PasswordDialog::PasswordDialog(const QString &profile, const QString &account, const QString &problem,
                               QWidget *parent)
    : QDialog(parent)
    , m_password(new QLineEdit)
    , m_keep(new QCheckBox(tr("&Keep it in the keychain of this desktop")))
{
    setWindowTitle(tr("Come in to %1").arg(profile));
    setMinimumWidth(fontMetrics().averageCharWidth() * 54);
    m_password->setEchoMode(QLineEdit::Password);
    auto *const column = new QVBoxLayout(this);
    if (!problem.isEmpty()) {
        column->addWidget(new TonedLabel(Tone::Bad, problem));
    }
    auto *const form = new QFormLayout;
    auto *const shown = new QLabel(account);
    shown->setTextFormat(Qt::PlainText);
    form->addRow(tr("Account:"), shown);
    form->addRow(tr("&Password:"), m_password);
    column->addLayout(form);
    column->addWidget(m_keep);
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &PasswordDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &PasswordDialog::reject);
}

QString PasswordDialog::password() const { return m_password->text(); }

bool PasswordDialog::isToBeKept() const { return m_keep->isChecked(); }

} // namespace dialogue::console
