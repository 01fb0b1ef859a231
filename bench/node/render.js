// Renders one letter each time a line comes in and answers with the milliseconds of processor that it took.
const fs = require('fs')
const [engine, template, data, out] = process.argv.slice(2)
const values = JSON.parse(fs.readFileSync(data, 'utf8'))

function docxtemplater() {
  const PizZip = require('pizzip')
  const Docxtemplater = require('docxtemplater')
  const source = fs.readFileSync(template)
  return done => {
    const letter = new Docxtemplater(new PizZip(source), { paragraphLoop: true })
    letter.render(values)
    fs.writeFileSync(out, letter.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }))
    done()
  }
}

function carbone() {
  const renderer = require('carbone')
  return done => renderer.render(template, values, (error, result) => {
    if (error) throw error
    fs.writeFileSync(out, result)
    done()
  })
}

const render = { docxtemplater, carbone }[engine]()
require('readline').createInterface({ input: process.stdin }).on('line', () => {
  const start = process.cpuUsage()
  render(() => {
    const { user, system } = process.cpuUsage(start)
    console.log((user + system) / 1000)
  })
})
