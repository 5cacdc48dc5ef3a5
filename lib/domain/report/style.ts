/** The look of a report: written out, without variables, for screens of both themes and for A4 paper. */
import { Html } from './html';

/** The lines of a table stay on one sheet, and wide tables lie across. */
const print = (isWide: boolean): string => `
@page{size:A4${isWide ? ' landscape' : ''};margin:15mm}
@media (max-width:700px){.columns{columns:1}}
@media print{
body{max-width:none;padding:0;font-size:9.5pt}
h2,h3,h4{break-after:avoid}
tr,.chart,.keep,dl{break-inside:avoid}
thead{display:table-header-group}
a{color:inherit}
}`;

const dark = `
@media screen and (prefers-color-scheme:dark){
html{background:#14171b;color:#e6e8eb}
.quiet,thead th,dt{color:#a2abb5}
th,td,h2{border-color:#333a42}
thead th,.group{background:#1c2126}
.better{color:#56c47f}
.worse{color:#ff8a80}
.chart svg{border-color:#333a42}
}`;

const base = `
:root{color-scheme:light dark}
html{background:#fff;color:#1b1f24}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1040px;padding:32px 24px 64px;font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}
h2{font-size:19px;margin:40px 0 12px;padding-bottom:4px;border-bottom:1px solid #d5dbe1}
h3{font-size:15px;margin:24px 0 8px}
h4{font-size:14px;margin:16px 0 4px}
p,ul{margin:6px 0}
ul{padding-left:20px}
h1,h2,h3,h4,p,li,th,td,dd{overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:16px 0}
dt{color:#57606a}
dd{margin:0}
table{width:100%;border-collapse:collapse;margin:8px 0}
table.small{width:auto}
th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;font-weight:400;border-bottom:1px solid #d5dbe1;font-variant-numeric:tabular-nums}
tbody th{font-weight:500}
thead th{font-size:12px;font-weight:600;color:#57606a;vertical-align:bottom}
.number td,th.number{text-align:right}
td:last-child,th:last-child{padding-right:0}
.figure,.better,.worse{font-weight:600}
.quiet{color:#57606a;font-size:12px;font-weight:400}
.better{color:#1a7f37}
.worse{color:#b3261e}
.group{font-weight:600;padding-top:10px}
.prompt{font-weight:400;width:60%;white-space:pre-line}
.short{white-space:nowrap}
.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:8px 32px}
.columns{columns:2;column-gap:40px}
.columns table{break-inside:avoid;font-size:12px;margin:0 0 12px}
.columns th{width:45%}
.chart{margin:16px 0}
.chart svg{display:block;max-width:100%;height:auto;background:#fff;border:1px solid #d5dbe1;border-radius:6px}
.chart figcaption{margin-top:6px}`;

/** The whole style sheet; `isWide` for tables of many slices. It holds no text but its own, so that it goes as it is. */
export const reportStyle = (isWide: boolean): Html => new Html(`${base}${dark}${print(isWide)}\n`.trimStart());
