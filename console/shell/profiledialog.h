#pragma once

#include "console/profiles/profile.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QRadioButton;

namespace dialogue::console {

class TonedLabel;

/** A profile, to be made or changed, with the password that goes to the keychain. */
class ProfileDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ProfileDialog(const Profile &profile, QWidget *parent = nullptr);

    [[nodiscard]] Profile profile() const;
    /** Empty: nothing was typed, and what is kept stays. */
    [[nodiscard]] QString password() const;

    void accept() override; ///< Where all is well; else it says what is not, at its place.

    void point(const Error &error); ///< To the line that is wrong.

private:
    [[nodiscard]] QWidget *serverPart();
    [[nodiscard]] QWidget *securityPart();
    void updateWay();

    const QString m_id;
    QLineEdit *m_name;
    QLineEdit *m_folder;
    QComboBox *m_kind;
    QLineEdit *m_url;
    QRadioButton *m_byAccount;
    QRadioButton *m_byToken;
    QLineEdit *m_account;
    QLineEdit *m_password;
    QLineEdit *m_tokenFile;
    QLineEdit *m_caFile;
    QLineEdit *m_certificateFile;
    QLineEdit *m_keyFile;
    QLineEdit *m_fingerprint;
    QLineEdit *m_proxy;
    TonedLabel *m_error;
};

} // namespace dialogue::console
