"""A region where agencies fetch what other agencies have, after 海南 一次申请全程代办 (source 4, L86): one form, one authority to act."""

import shutil
from pathlib import Path

from integrations.catalogue_files import CATALOGUE

CORAL_BAY = {
    "region.toml": """
[about]
name = { zh-Hans = "珊瑚湾市", en = "Coral Bay" }
title = { zh-Hans = "社保医保关系转入一件事", en = "Transfer of insurance to Coral Bay, as one thing" }
source = "珊瑚湾市办法（虚构），仿海南全程代办"
declared_total = 2
channels = ["PERSONAL", "COUNTER"]
""",
    "items.toml": """
[relation-transfer]
title = { zh-Hans = "养老保险关系转入", en = "Transfer of the pension relation" }
department = "hrss"
mode = "DECISION"
basic = true
source = "珊瑚湾市办法（虚构） 一"
materials = ["transfer-application", "authority-to-act", "payment-certificate", "information-sheet"]
fields = ["name", "document-number"]

[medical-relation]
title = { zh-Hans = "医保关系转入", en = "Transfer of the medical relation" }
department = "medical"
mode = "DECISION"
basic = true
source = "珊瑚湾市办法（虚构） 二"
materials = ["transfer-application", "authority-to-act", "medical-sheet"]
fields = ["name", "document-number"]
""",
    "materials.toml": """
[transfer-application]
title = { zh-Hans = "社保关系转移申请表", en = "Application for the transfer" }
max_files = 2
required = true
source = "source 4, L86: 一表"

[authority-to-act]
title = { zh-Hans = "委托书", en = "Authority to act" }
max_files = 1
required = true
source = "source 4, L86: 一书"

[payment-certificate]
title = { zh-Hans = "参保缴费凭证", en = "Certificate of contributions" }
max_files = 1
required = true
owner = "hrss"
source = "珊瑚湾市办法（虚构） 三"

[information-sheet]
title = { zh-Hans = "转移信息表", en = "Information sheet of the transfer" }
max_files = 1
required = true
owner = "hrss"
source = "珊瑚湾市办法（虚构） 三"

[medical-sheet]
title = { zh-Hans = "医保转移信息表", en = "Information sheet of the medical relation" }
max_files = 1
required = true
owner = "medical"
source = "珊瑚湾市办法（虚构） 三"
""",
    "guide.toml": """
[questions]
fields = ["retired-already", "sex", "birth-date"]
""",
}


def with_coral_bay(folder: Path) -> Path:
    catalogue = Path(shutil.copytree(CATALOGUE, folder / "catalogue"))
    (catalogue / "coral-bay").mkdir()
    for name, text in CORAL_BAY.items():
        (catalogue / "coral-bay" / name).write_text(text, encoding="utf-8")
    return catalogue
