"""PDF/A-3a and PDF/UA-1 at once: WeasyPrint writes the first, and this says the second in the same description.

PDF/A knows no properties but its own, so the one of PDF/UA is described beside it (ISO 19005-3, 6.6.2.3).
"""

from typing import Any

VARIANT = "pdf/a-3a"
ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
END = b"</rdf:RDF>"


def say_accessible(document: Any) -> None:
    """Have a laid-out document say, in the description that PDF/A writes, that it follows PDF/UA-1 too."""
    write = document.metadata.generate_rdf_metadata

    def both(*how: Any) -> bytes:
        described, end, _ = write(*how).rpartition(END)
        return described + ACCESSIBLE + end

    document.metadata.generate_rdf_metadata = both
